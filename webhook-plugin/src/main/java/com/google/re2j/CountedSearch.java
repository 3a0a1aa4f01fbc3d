package com.google.re2j;

/**
 * Searches a text for a match at any position, counts its steps and stops at a limit. A step is
 * roughly one instruction of the program at one character of the text. Whatever the program, a
 * character takes at most {@link CountedProgram#stepsPerLetter()} steps.
 *
 * <p>Like RE2/J, it follows all possible paths through the program in parallel. It only tells
 * whether there is a match, so the order of the paths does not matter. It does not recurse.
 */
public final class CountedSearch {
  /** The number of characters, none of which can begin a match, that are skipped in one step. */
  private static final int PASSED_OVER = 4;

  /** The steps that a character costs in addition to its instructions. */
  static final int LETTER = 2;

  /** The number of instructions whose arrays cost one step to allocate. */
  static final int PREPARED = 8;

  private final CountedProgram program;
  private final String text;
  private final int[] reached;
  private final int[] waiting;
  private final int[] open;
  private int waitingCount;
  private int openCount;
  private long steps;

  private CountedSearch(CountedProgram program, String text) {
    this.program = program;
    this.text = text;
    int size = program.op.length;
    this.reached = new int[size];
    this.waiting = new int[size];
    this.open = new int[size];
    this.steps = size / PREPARED;
  }

  /** How a search ended. */
  public enum Ending {
    FOUND,
    NOT_FOUND,
    /** The search reached its step limit before the end of the text. */
    CUT_SHORT
  }

  /**
   * The result of a search.
   *
   * @param steps the number of steps taken; may exceed the limit by the maximum cost of a character
   */
  public record Result(Ending ending, long steps) {}

  /**
   * Searches a text.
   *
   * @param most the step limit
   */
  public static Result find(CountedProgram program, String text, long most) {
    CountedSearch search = new CountedSearch(program, text);
    Ending ending = program.impossible ? Ending.NOT_FOUND : search.run(most);
    return new Result(ending, search.steps);
  }

  private Ending run(long most) {
    int[] next = new int[program.op.length];
    int nextCount = 0;
    int previous = -1;
    int at = 0;
    while (true) {
      if (nextCount == 0 && at > 0) {
        if (program.anchored) {
          return Ending.NOT_FOUND;
        }
        int from = at;
        at = passOver(at, most);
        steps += (at - from) / PASSED_OVER;
        previous = at > from ? text.charAt(at - 1) : previous;
      }
      int letter = at < text.length() ? text.codePointAt(at) : -1;
      if (reaches(next, nextCount, at, Utils.emptyOpContext(previous, letter))) {
        return Ending.FOUND;
      }
      if (letter < 0) {
        return Ending.NOT_FOUND;
      }
      steps += LETTER;
      if (steps > most) {
        return Ending.CUT_SHORT;
      }
      nextCount = take(letter, next);
      previous = letter;
      at += letter > Character.MAX_VALUE ? 2 : 1;
    }
  }

  /** With no match under way, returns where one can begin next, or where the limit ends. */
  private int passOver(int from, long most) {
    long payable = Math.max(0, Math.min(text.length(), most - steps + 1)) * PASSED_OVER;
    int to = (int) Math.min(text.length(), from + payable);
    int at = from;
    while (program.beginning.known() && at < to && !program.beginning.may(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /**
   * Follows instructions that consume no character, until only those are left that do.
   *
   * @param condition the zero-width conditions that hold here
   * @return whether a match ends here
   */
  private boolean reaches(int[] from, int count, int at, int condition) {
    waitingCount = 0;
    openCount = 0;
    int mark = at + 1;
    if (at == 0 || !program.anchored) {
      reach(program.start, mark);
    }
    for (int i = 0; i < count || openCount > 0; ) {
      if (openCount == 0) {
        reach(from[i++], mark);
        continue;
      }
      int pc = open[--openCount];
      switch (program.op[pc]) {
        case Inst.MATCH:
          return true;
        case Inst.ALT, Inst.ALT_MATCH:
          reach(program.out[pc], mark);
          reach(program.arg[pc], mark);
          break;
        case Inst.EMPTY_WIDTH:
          if ((program.arg[pc] & ~condition) == 0) {
            reach(program.out[pc], mark);
          }
          break;
        case Inst.NOP, Inst.CAPTURE:
          reach(program.out[pc], mark);
          break;
        default: // FAIL leads nowhere
      }
    }
    return false;
  }

  private void reach(int pc, int mark) {
    if (reached[pc] != mark) {
      reached[pc] = mark;
      steps++;
      if (Inst.isRuneOp(program.op[pc])) {
        waiting[waitingCount++] = pc;
      } else {
        open[openCount++] = pc;
      }
    }
  }

  private int take(int letter, int[] next) {
    int count = 0;
    for (int i = 0; i < waitingCount; i++) {
      int pc = waiting[i];
      if (letter >= 128) {
        steps += program.cost(pc);
      }
      if (program.takes(pc, letter)) {
        next[count++] = program.out[pc];
      }
    }
    return count;
  }
}

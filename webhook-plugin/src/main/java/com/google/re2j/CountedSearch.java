package com.google.re2j;

/**
 * A search for a match anywhere in a text that counts its steps and stops when it has taken as many
 * as it may. A step is about an instruction of the program at a letter of the text: whatever the
 * program, there are no more at a letter than {@link CountedProgram#stepsPerLetter()}.
 *
 * <p>The program's instructions are followed side by side, as by RE2/J; only whether there is a
 * match is asked, so their order does not matter. It needs no stack.
 */
public final class CountedSearch {
  /** So many letters that no match can begin with cost a step. */
  private static final int PASSED_OVER = 4;

  /** What a letter costs beside its instructions. */
  static final int LETTER = 2;

  /** Room for so many instructions costs a step to prepare. */
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

  /** How a search can end. */
  public enum Ending {
    FOUND,
    NOT_FOUND,
    /** It had taken all its steps before the end of the text. */
    CUT_SHORT
  }

  /**
   * What came of it.
   *
   * @param steps how many it took; more than it might by what one letter can cost at most
   */
  public record Result(Ending ending, long steps) {}

  /**
   * Searches a text.
   *
   * @param most after how many steps it is given up
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

  /** The next place at which a match can begin, where there is none under way, or the last paid. */
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
   * Follows instructions that take no letter, until only those are left that do.
   *
   * @param condition which of the conditions that take no letter hold here
   * @return whether the end of a match is among them
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

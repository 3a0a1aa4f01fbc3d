package com.google.re2j;

import java.util.ArrayList;
import java.util.List;

/**
 * A regular expression as compiled by RE2/J, in arrays made for {@link CountedSearch}. Immutable
 * and thread-safe.
 *
 * <p>It is in RE2/J's package because the library's compiled programs are visible there only, and
 * the library's own search neither counts its work nor can be stopped.
 */
public final class CountedProgram {
  /** The extra steps for testing a character beyond ASCII against a large character class. */
  private static final int SEARCHED_CLASS = 4;

  private static final int MANY = 8;

  final byte[] op;
  final int[] out;
  final int[] arg;

  /** The ASCII characters that an instruction accepts, one bit each: the first 64 and the rest. */
  final long[] low;

  final long[] high;

  /** The characters that an instruction accepts, as pairs of first and last; used beyond ASCII. */
  final int[][] ranges;

  final int start;

  /** A match can begin only at the beginning of the text. */
  final boolean anchored;

  /** No text matches. */
  final boolean impossible;

  /** The characters that a match can begin with. */
  final Beginning beginning;

  private final long stepsPerLetter;

  private CountedProgram(Prog program) {
    int size = program.numInst();
    op = new byte[size];
    out = new int[size];
    arg = new int[size];
    low = new long[size];
    high = new long[size];
    ranges = new int[size][];
    long steps = size + size / CountedSearch.PREPARED + CountedSearch.LETTER;
    for (int pc = 0; pc < size; pc++) {
      Inst instruction = program.getInst(pc);
      op[pc] = (byte) instruction.op;
      out[pc] = instruction.out;
      arg[pc] = instruction.arg;
      if (Inst.isRuneOp(instruction.op)) {
        ranges[pc] = taken(instruction);
        fillAscii(pc);
        steps += cost(pc);
      }
    }
    start = program.start;
    int condition = program.startCond();
    impossible = condition == Utils.EMPTY_ALL;
    anchored = (condition & Utils.EMPTY_BEGIN_TEXT) != 0;
    beginning = Beginning.of(this);
    stepsPerLetter = steps;
  }

  /**
   * Compiles an expression.
   *
   * @throws PatternSyntaxException if it is malformed, or would take too long to compile
   */
  public static CountedProgram compile(String regex) {
    FoldedLetters.require(regex);
    return new CountedProgram(RE2.compile(regex).prog);
  }

  /** Returns the maximum number of steps that a search takes per character. */
  public long stepsPerLetter() {
    return stepsPerLetter;
  }

  /** Returns the extra steps that this instruction takes for a character beyond ASCII. */
  int cost(int pc) {
    return ranges[pc].length > MANY ? SEARCHED_CLASS : 0;
  }

  boolean takes(int pc, int letter) {
    if (letter < 64) {
      return (low[pc] >>> letter & 1) != 0;
    }
    if (letter < 128) {
      return (high[pc] >>> letter & 1) != 0;
    }
    int[] pairs = ranges[pc];
    int from = 0;
    int to = pairs.length / 2;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (letter < pairs[2 * middle]) {
        to = middle;
      } else if (letter > pairs[2 * middle + 1]) {
        from = middle + 1;
      } else {
        return true;
      }
    }
    return false;
  }

  private static int[] taken(Inst instruction) {
    return switch (instruction.op) {
      case Inst.RUNE_ANY -> new int[] {0, Unicode.MAX_RUNE};
      case Inst.RUNE_ANY_NOT_NL -> new int[] {0, '\n' - 1, '\n' + 1, Unicode.MAX_RUNE};
      default ->
          instruction.runes.length == 1
              ? single(instruction.runes[0], (instruction.arg & RE2.FOLD_CASE) != 0)
              : instruction.runes;
    };
  }

  /** Returns a character and, if case is ignored, its case variants, as pairs of first and last. */
  private static int[] single(int letter, boolean anyCase) {
    List<Integer> letters = new ArrayList<>(List.of(letter));
    for (int other = letter;
        anyCase && (other = Unicode.simpleFold(other)) != letter && letters.size() < 8; ) {
      letters.add(other);
    }
    return letters.stream()
        .sorted()
        .flatMap(l -> List.of(l, l).stream())
        .mapToInt(l -> l)
        .toArray();
  }

  private void fillAscii(int pc) {
    int[] pairs = ranges[pc];
    for (int i = 0; i < pairs.length && pairs[i] < 128; i += 2) {
      for (int letter = pairs[i]; letter <= Math.min(127, pairs[i + 1]); letter++) {
        if (letter < 64) {
          low[pc] |= 1L << letter;
        } else {
          high[pc] |= 1L << letter;
        }
      }
    }
  }

  /**
   * The characters that a match can begin with.
   *
   * @param known whether a match must begin with a character; if false, the rest means nothing
   * @param low which of the first 64 characters, one bit each
   * @param high which of the next 64
   * @param beyond whether a match can begin with a character beyond ASCII
   */
  record Beginning(boolean known, long low, long high, boolean beyond) {
    private static final Beginning UNKNOWN = new Beginning(false, 0, 0, true);

    boolean may(char letter) {
      return letter < 128 ? ((letter < 64 ? low : high) >>> letter & 1) != 0 : beyond;
    }

    static Beginning of(CountedProgram program) {
      boolean[] seen = new boolean[program.op.length];
      List<Integer> open = new ArrayList<>(List.of(program.start));
      long low = 0;
      long high = 0;
      boolean beyond = false;
      while (!open.isEmpty()) {
        int pc = open.remove(open.size() - 1);
        if (seen[pc]) {
          continue;
        }
        seen[pc] = true;
        switch (program.op[pc]) {
          case Inst.ALT, Inst.ALT_MATCH -> {
            open.add(program.out[pc]);
            open.add(program.arg[pc]);
          }
          case Inst.NOP, Inst.CAPTURE, Inst.EMPTY_WIDTH -> open.add(program.out[pc]);
          case Inst.FAIL -> {}
          case Inst.MATCH -> {
            return UNKNOWN;
          }
          default -> {
            low |= program.low[pc];
            high |= program.high[pc];
            int[] ranges = program.ranges[pc];
            beyond |= ranges.length > 0 && ranges[ranges.length - 1] >= 128;
          }
        }
      }
      return new Beginning(true, low, high, beyond);
    }
  }
}

package org.expmaster.webhook.match;

/**
 * How much work the lines of one batch may cost, in the steps of {@code LogRegex}. A step takes
 * some fifteen nanoseconds on a busy machine, so a line takes some thirty milliseconds at most and
 * a batch some sixty, whatever the patterns; the master's transaction waits for no more. Not
 * thread-safe.
 */
final class LogBudget {
  /** What one line may cost. */
  static final long LINE = 2_000_000;

  /** What all lines of a batch may cost. */
  static final long BATCH = 4_000_000;

  private long steps = BATCH;
  private long letters;

  /**
   * @param letters how many letters the lines of the batch have in all
   */
  LogBudget(long letters) {
    this.letters = letters;
  }

  /**
   * What the next line may cost: its share of what is left, by its letters, so that lines at the
   * end of a batch get theirs whatever those before them cost.
   */
  long share(int lineLetters) {
    long share = lineLetters == 0 ? LINE : (long) ((double) steps * lineLetters / letters);
    letters -= lineLetters;
    return Math.max(0, Math.min(LINE, share));
  }

  void spend(long spent) {
    steps -= spent;
  }
}

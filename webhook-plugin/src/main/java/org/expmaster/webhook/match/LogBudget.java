package org.expmaster.webhook.match;

/**
 * Limits the work for the lines of one batch, in steps of {@code LogRegex}. A step takes about
 * fifteen nanoseconds on a busy machine, so a line takes about thirty milliseconds at most and a
 * batch about sixty, whatever the patterns; the master's transaction waits no longer. Not
 * thread-safe.
 */
final class LogBudget {
  /** The step limit of one line. */
  static final long LINE = 2_000_000;

  /** The step limit of all lines of a batch. */
  static final long BATCH = 4_000_000;

  private long steps = BATCH;
  private long letters;

  /**
   * @param letters the number of characters of all lines of the batch
   */
  LogBudget(long letters) {
    this.letters = letters;
  }

  /**
   * Returns the step limit of the next line: its share of what is left, in proportion to its
   * length, so that lines at the end of a batch get theirs whatever earlier lines cost.
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

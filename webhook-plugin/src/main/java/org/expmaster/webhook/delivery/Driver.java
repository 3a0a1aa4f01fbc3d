package org.expmaster.webhook.delivery;

/**
 * The thread that turns the loop, as the loop sees it. Its methods are called by any thread and
 * return at once.
 */
interface Driver {

  /** Something was committed, and is to be sent at once. */
  void announced();

  /**
   * Attempts have ended; their recording can wait for more.
   *
   * @param waiting how many wait
   */
  void ended(int waiting);

  /** A clock that nobody sets, in nanoseconds, as {@link System#nanoTime}. */
  long nanos();
}

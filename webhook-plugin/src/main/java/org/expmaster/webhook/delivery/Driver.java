package org.expmaster.webhook.delivery;

/**
 * The loop's view of the thread that turns it. Any thread may call it; its methods return at once.
 */
interface Driver {

  /** Called when a delivery has been committed and is to be sent at once. */
  void announced();

  /**
   * Called when attempts have ended; recording them can wait for more.
   *
   * @param waiting the number of outcomes that wait
   */
  void ended(int waiting);

  /** Returns the nanoseconds of a monotonic clock, such as {@link System#nanoTime}. */
  long nanos();
}

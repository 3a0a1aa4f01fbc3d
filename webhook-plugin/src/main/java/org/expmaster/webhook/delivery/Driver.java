package org.expmaster.webhook.delivery;

/** Is told from any thread that the loop has something new to do, and must return at once. */
interface Waker {

  /** Something was committed, and is to be sent at once. */
  void announced();

  /** Attempts have ended; their recording can wait for company. */
  void ended(int waiting);
}

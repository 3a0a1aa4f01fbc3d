package org.expmaster.plugin;

import java.util.Objects;

/**
 * Thrown by a listener inside a {@link MasterTransaction} to have the master roll back the whole
 * transaction and repeat it.
 *
 * <p>Intended for failures that are caused by concurrent transactions: a serialization failure
 * (SQLState {@code 40001}), a deadlock ({@code 40P01}), a lock that was not available in time
 * ({@code 55P03}), SQLite's {@code BUSY} and {@code LOCKED}. After such a failure the database may
 * refuse to commit whatever else happens, so rolling back only this listener's writes is not
 * enough. The same change in a new transaction is likely to succeed.
 *
 * <p>The master proceeds as follows:
 *
 * <ul>
 *   <li>It rolls back the whole transaction, including its own change. Tasks registered with {@link
 *       MasterTransaction#afterCommit} do not run.
 *   <li>After a short pause it makes the same change again in a new transaction and calls
 *       <em>all</em> listeners again, on the same thread, with equal arguments and a new {@link
 *       MasterTransaction}. Before the commit, a listener must therefore keep nothing in memory
 *       about its writes.
 *   <li>The number of repetitions is bounded. In the last attempt this exception is treated like
 *       any other: the master rolls back what the listener wrote, logs the failure with the change
 *       concerned, and counts it. Its own change goes through if the database allows it. If not,
 *       the change fails as a whole, and no listener's writes or tasks survive.
 *   <li>By itself it repeats a transaction in which its own statements or the commit fail for one
 *       of these reasons, and it may do so if another exception of a listener has one as its cause.
 * </ul>
 *
 * <p>Not intended for failures that a repetition would meet again, such as a violated constraint,
 * nor for a lost connection: it is then unknown whether the transaction was committed.
 */
public final class RepeatTransactionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Asks for a repetition.
   *
   * @param message what failed, in words and with ids, for the log of the last attempt
   * @param cause the database's error
   */
  public RepeatTransactionException(String message, Throwable cause) {
    super(Objects.requireNonNull(message, "message"), Objects.requireNonNull(cause, "cause"));
  }
}

package org.expmaster.plugin;

import java.util.Objects;

/**
 * Thrown by a listener inside a {@link MasterTransaction} to say: roll everything back, and do it
 * all again.
 *
 * <p>For what the database refuses only at this moment, because of what others do at the same time:
 * a serialization failure (SQLState {@code 40001}), a deadlock ({@code 40P01}), a lock that could
 * not be had in time ({@code 55P03}), SQLite's {@code BUSY} and {@code LOCKED}. Once a database has
 * said so it may refuse to commit whatever else happens, so undoing what this listener wrote is not
 * enough: the same change in a new transaction is what is likely to succeed.
 *
 * <p>What the master does:
 *
 * <ul>
 *   <li>It rolls back the whole transaction, its own change included. Nothing that was registered
 *       with {@link MasterTransaction#afterCommit} is run.
 *   <li>After a short pause it makes the same change again in a new transaction and calls
 *       <em>all</em> listeners again, on the same thread, with equal arguments and another {@link
 *       MasterTransaction}. A listener must therefore keep nothing in memory of what it has written
 *       until the commit.
 *   <li>It does so a bounded number of times. At the last one this exception is what any other is:
 *       what the listener wrote is undone, logged with what it was told of, and counted, and the
 *       master's change goes through without it, if the database lets it. If it does not, the
 *       change fails as a whole, and nobody is told of what has not happened.
 *   <li>It repeats of its own accord what fails in its own statements or at the commit for one of
 *       the same reasons, and may do so where any other exception of a listener has one of them for
 *       a cause.
 * </ul>
 *
 * <p>Not for what a repetition would meet again, such as a constraint that is violated, nor for a
 * connection that is lost: whether the transaction was committed is then unknown.
 */
public final class RepeatTransactionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Asks for a repetition.
   *
   * @param message what could not be done, in words and with ids, for the log of the last try
   * @param cause what the database said
   */
  public RepeatTransactionException(String message, Throwable cause) {
    super(Objects.requireNonNull(message, "message"), Objects.requireNonNull(cause, "cause"));
  }
}

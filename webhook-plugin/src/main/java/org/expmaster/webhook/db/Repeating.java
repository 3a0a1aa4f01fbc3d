package org.expmaster.webhook.db;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.transaction.DelegatingTransactionHandler;
import org.jdbi.v3.core.transaction.LocalTransactionHandler;
import org.jdbi.v3.core.transaction.TransactionHandler;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * Repeats a transaction of the plugin's own where the database asks for it: a serialization
 * failure, a deadlock, a lock that could not be had. In the master's transactions only the master
 * can do that.
 *
 * <p>The pause before each repetition grows and is left to chance, so that those who stood in each
 * other's way do not meet again.
 */
public final class Repeating extends DelegatingTransactionHandler {
  private static final int TRIES = 10;
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

  /** Whoever has waited that long for a lock is not made to wait again. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** PostgreSQL's: serialization failure, deadlock, lock not available. */
  private static final Set<String> AGAIN = Set.of("40001", "40P01", "55P03");

  /** SQLite's, which has no states: BUSY, LOCKED. */
  private static final Set<Integer> SQLITE_AGAIN = Set.of(5, 6);

  Repeating() {
    this(LocalTransactionHandler.binding());
  }

  private Repeating(TransactionHandler once) {
    super(once);
  }

  @Override
  public TransactionHandler specialize(Handle handle) throws SQLException {
    return new Repeating(getDelegate().specialize(handle));
  }

  @Override
  public <R, X extends Exception> R inTransaction(Handle handle, HandleCallback<R, X> work)
      throws X {
    long start = System.nanoTime();
    for (int number = 1; ; number++) {
      try {
        return super.inTransaction(handle, work);
      } catch (Exception failed) {
        boolean last = number == TRIES || System.nanoTime() - start > PATIENCE.toNanos();
        if (last || !isWorthwhile(failed) || !pause(number)) {
          throw failed;
        }
      }
    }
  }

  @Override
  public <R, X extends Exception> R inTransaction(
      Handle handle, TransactionIsolationLevel level, HandleCallback<R, X> work) {
    throw new UnsupportedOperationException("the isolation level is that of the connection");
  }

  /** Whether the database has said that the same may succeed in a moment. */
  public static boolean isWorthwhile(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && isWorthwhile(sql)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isWorthwhile(SQLException failure) {
    return failure.getSQLState() == null
        ? SQLITE_AGAIN.contains(failure.getErrorCode() & 0xff)
        : AGAIN.contains(failure.getSQLState());
  }

  /** False if the thread is to end. */
  private static boolean pause(int number) {
    long longest = Math.min(LONGEST_PAUSE.toMillis(), 10L << number);
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(longest) + 1);
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

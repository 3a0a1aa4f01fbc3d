package org.expmaster.webhook.db;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.transaction.DelegatingTransactionHandler;
import org.jdbi.v3.core.transaction.LocalTransactionHandler;
import org.jdbi.v3.core.transaction.TransactionHandler;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * Repeats the plugin's own transactions if the database asks for it: after a serialization failure,
 * a deadlock, or an unavailable lock. Only the master can repeat the master's transactions.
 *
 * <p>The pause before each repetition is random within a growing limit, so that conflicting
 * transactions do not collide again.
 */
final class Repeating extends DelegatingTransactionHandler {
  private static final int TRIES = 10;
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

  /** No repetition later: a caller that waited this long for a lock must not wait again. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Dialect dialect;

  Repeating(Dialect dialect) {
    this(LocalTransactionHandler.binding(), dialect);
  }

  private Repeating(TransactionHandler once, Dialect dialect) {
    super(once);
    this.dialect = dialect;
  }

  @Override
  public TransactionHandler specialize(Handle handle) throws SQLException {
    return new Repeating(getDelegate().specialize(handle), dialect);
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
        if (last || !dialect.asksToRepeat(failed) || !pause(number)) {
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

  /** Returns false if the thread was interrupted. */
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

package org.expmaster.host.db;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.expmaster.plugin.RepeatTransactionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Runs transactions, and repeats them as a whole if the database, or a plugin on its behalf, asks
 * for it. Thread-safe.
 *
 * <p>The pause before each repetition grows and is random, so that transactions that collided do
 * not collide again. No connection is held during the pause.
 */
public final class Transactions {
  /** More than fit into {@link #PATIENCE}, unless the database refuses them at once. */
  private static final int TRIES = 40;

  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

  /** An attempt that starts later is the last: the caller has waited long enough for locks. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** PostgreSQL SQLStates: serialization failure, deadlock, lock not available. */
  private static final Set<String> AGAIN = Set.of("40001", "40P01", "55P03");

  /** SQLite error codes, as SQLite has no SQLStates: BUSY, LOCKED. */
  private static final Set<Integer> SQLITE_AGAIN = Set.of(5, 6);

  private final Jdbi jdbi;

  public Transactions(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * One of several attempts.
   *
   * @param handle the handle of the transaction
   * @param last whether no attempt follows
   */
  public record Try(Handle handle, boolean last) {}

  /** The work done in a transaction, from its beginning in every attempt. */
  @FunctionalInterface
  public interface Work<T> {
    T in(Try one);
  }

  /** Does the work and returns after the commit. */
  public <T> T run(Work<T> work) {
    long start = System.nanoTime();
    for (int number = 1; ; number++) {
      boolean last = number == TRIES || System.nanoTime() - start > PATIENCE.toNanos();
      try {
        return jdbi.inTransaction(handle -> work.in(new Try(handle, last)));
      } catch (RuntimeException failed) {
        if (last || !isWorthRepeating(failed) || !pause(number)) {
          throw failed;
        }
      }
    }
  }

  /** Returns whether the database or a listener says that a repetition may succeed. */
  public static boolean isWorthRepeating(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RepeatTransactionException
          || (cause instanceof SQLException sql && isWorthRepeating(sql))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isWorthRepeating(SQLException failure) {
    return failure.getSQLState() == null
        ? SQLITE_AGAIN.contains(failure.getErrorCode() & 0xff)
        : AGAIN.contains(failure.getSQLState());
  }

  /** Returns false if the thread was interrupted. */
  private static boolean pause(int number) {
    long longest = Math.min(LONGEST_PAUSE.toMillis(), 10L << number);
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(longest) + 1);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

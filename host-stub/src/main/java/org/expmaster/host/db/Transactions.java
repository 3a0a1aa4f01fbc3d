package org.expmaster.host.db;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.expmaster.plugin.RepeatTransactionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Transactions that are repeated as a whole where the database asks for it, or a plugin in its
 * name. Thread-safe.
 *
 * <p>The pause before each repetition grows and is left to chance, so that those who stood in each
 * other's way do not meet again; no connection is held meanwhile.
 */
public final class Transactions {
  /** More than fit into {@link #PATIENCE}, unless the database refuses at once. */
  private static final int TRIES = 40;

  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

  /** Whoever has waited that long for a lock is not made to wait again. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** PostgreSQL's: serialization failure, deadlock, lock not available. */
  private static final Set<String> AGAIN = Set.of("40001", "40P01", "55P03");

  /** SQLite's, which has no states: BUSY, LOCKED. */
  private static final Set<Integer> SQLITE_AGAIN = Set.of(5, 6);

  private final Jdbi jdbi;

  public Transactions(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * One of several tries.
   *
   * @param handle in the transaction
   * @param last whether nothing will be repeated after it
   */
  public record Try(Handle handle, boolean last) {}

  /** What is done in a transaction, from its beginning each time. */
  @FunctionalInterface
  public interface Work<T> {
    T in(Try one);
  }

  /** Does it, and returns once it is committed. */
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

  /** Whether the database, or a listener, has said that the same may succeed in a moment. */
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

  /** False if the thread is to end. */
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

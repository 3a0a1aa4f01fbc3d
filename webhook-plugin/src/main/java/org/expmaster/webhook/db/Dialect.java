package org.expmaster.webhook.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.time.Clock;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;

/**
 * Everything that differs between the databases a master may use. Another database needs a
 * subclass, a line in {@link #of}, a directory of migrations and a subclass of each contract test.
 *
 * <p>The SQL of the stores is the same for all databases. It requires {@code ON CONFLICT}, {@code
 * RETURNING} and recursive {@code WITH}.
 *
 * <p>Immutable and thread-safe.
 */
public abstract class Dialect {
  /**
   * Returns the dialect of the database that a connection reaches.
   *
   * @throws IllegalStateException if the plugin does not support that database
   */
  static Dialect of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return switch (product) {
      case "PostgreSQL" -> Postgresql.of(connection);
      case "SQLite" -> Sqlite.of(connection);
      default ->
          throw new IllegalStateException(
              "the master's database is " + product + "; webhooks need PostgreSQL or SQLite");
    };
  }

  /** Returns the directory of the migrations, relative to this package. */
  abstract String migrations();

  /**
   * Creates the plugin's tables or migrates them. Several masters may do this at once.
   *
   * @throws IllegalStateException if the database cannot be used as it is; the message says why and
   *     what to do
   */
  abstract void migrate(Handle handle) throws SQLException;

  /** Returns the source of connections for the plugin's own transactions. */
  abstract ConnectionFactory connections(DataSource dataSource);

  /**
   * Runs a transaction whose commit does not wait for the disk.
   *
   * @see Database#inForgettableTransaction
   */
  abstract <T> T inForgettableTransaction(Handle handle, Database.Work<T> work) throws SQLException;

  /**
   * Returns the SQL expression for the wall clock in epoch milliseconds.
   *
   * @param master the master's clock, for a database without a clock of its own
   */
  abstract String wallMillis(Clock master);

  /** Classifies a failure other than a connection failure; its SQL state may be null. */
  abstract Blame classify(SQLException failure);

  /** Returns whether the database asks to repeat the whole transaction. */
  abstract boolean isRepeatRequest(SQLException failure);

  abstract boolean isDuplicateKey(SQLException failure);

  /** Returns whether several masters may use one database at the same time. */
  public abstract boolean isShared();

  /**
   * Returns whether one statement can take a column of values as an array ({@code unnest}) and lock
   * the rows that it finds ({@code FOR UPDATE SKIP LOCKED}). Otherwise, statements run row by row.
   */
  public abstract boolean takesArrays();

  /** Returns the pseudo-column that finds a row fastest, within one transaction. */
  public abstract String rowId();

  /** Returns the SQL function for the length of a binary value in bytes. */
  public abstract String byteLength();

  /** Classifies a failure. An {@link Error} without an SQL cause is {@link Blame#MOMENT}. */
  public final Blame blame(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && saysWhy(sql)) {
        return isConnectionFailure(sql) ? Blame.DATABASE : classify(sql);
      }
    }
    return failure instanceof Error ? Blame.MOMENT : Blame.STATEMENT;
  }

  /** The exception of a batch may have no code itself, but a cause that has one. */
  private static boolean saysWhy(SQLException sql) {
    return sql.getSQLState() != null || sql.getErrorCode() != 0 || sql.getCause() == null;
  }

  private static boolean isConnectionFailure(SQLException sql) {
    return sql instanceof SQLTransientConnectionException
        || sql instanceof SQLNonTransientConnectionException
        || sql instanceof SQLRecoverableException
        || String.valueOf(sql.getSQLState()).startsWith("08"); // standard: connection exception
  }

  /**
   * Returns whether the database reports that the same transaction may succeed if it is repeated as
   * a whole: a serialization failure, a deadlock, or an unavailable lock.
   */
  public final boolean asksToRepeat(Throwable failure) {
    return anySql(failure, this::isRepeatRequest);
  }

  /** Returns whether a statement failed because a row with the same unique key exists. */
  public final boolean isUniqueViolation(Throwable failure) {
    return anySql(failure, this::isDuplicateKey);
  }

  private static boolean anySql(Throwable failure, Predicate<SQLException> test) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && test.test(sql)) {
        return true;
      }
    }
    return false;
  }
}

package org.expmaster.webhook.db;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/** What a failed transaction is to be blamed on, and so what is worth doing about it. */
public enum Blame {
  /** The database is away, full or has no room for us: nothing else would do better. */
  DATABASE,
  /** Who else was there at that moment, or how slow it was: the same again may do. */
  MOMENT,
  /** What was to be written or read: the same again fails again, and something else may do. */
  STATEMENT;

  /** SQLite's primary result codes that say nothing of a statement. */
  private static final Set<Integer> SQLITE_DATABASE =
      Set.of(
          3, // PERM
          5, // BUSY
          6, // LOCKED
          7, // NOMEM
          8, // READONLY
          9, // INTERRUPT
          10, // IOERR
          11, // CORRUPT
          13, // FULL
          14, // CANTOPEN
          15, // PROTOCOL
          26); // NOTADB

  /** Of PostgreSQL: to be tried again as a whole. */
  private static final Set<String> MOMENTS =
      Set.of(
          "40001", // serialization failure
          "40P01", // deadlock
          "55P03", // lock not available
          "57014"); // canceled: a time limit

  /** Of PostgreSQL: the transaction may not write, as on a standby. */
  private static final String READ_ONLY = "25006";

  /** On what a failure is to be blamed; an error of the JVM's on the moment. */
  public static Blame of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && saysWhy(sql)) {
        return of(sql);
      }
    }
    return failure instanceof Error ? MOMENT : STATEMENT;
  }

  /** A batch's exception may say less than its cause. */
  private static boolean saysWhy(SQLException sql) {
    return sql.getSQLState() != null || sql.getErrorCode() != 0 || sql.getCause() == null;
  }

  private static Blame of(SQLException sql) {
    if (sql instanceof SQLTransientConnectionException
        || sql instanceof SQLNonTransientConnectionException
        || sql instanceof SQLRecoverableException) {
      return DATABASE;
    }
    String state = sql.getSQLState();
    if (state == null) {
      return SQLITE_DATABASE.contains(sql.getErrorCode() & 0xff) ? DATABASE : STATEMENT;
    }
    if (MOMENTS.contains(state)) {
      return MOMENT;
    }
    boolean isAway =
        state.startsWith("08") // no connection
            || state.startsWith("53") // no disk, no memory, too many connections
            || state.startsWith("57P") // shutting down, starting
            || state.startsWith("58") // the system around it
            || state.equals(READ_ONLY);
    return isAway ? DATABASE : STATEMENT;
  }
}

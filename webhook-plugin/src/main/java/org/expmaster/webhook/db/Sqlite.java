package org.expmaster.webhook.db;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Set;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;

/** SQLite, the embedded default, for one master. It has result codes instead of SQL states. */
final class Sqlite extends Dialect {
  private static final int BUSY = 5;
  private static final int LOCKED = 6;

  private static final Set<Integer> REPEAT = Set.of(BUSY, LOCKED);

  /** Primary result codes of failures that a statement has not caused. */
  private static final Set<Integer> AWAY =
      Set.of(
          BUSY, LOCKED, 3, // PERM
          7, // NOMEM
          8, // READONLY
          9, // INTERRUPT
          10, // IOERR
          11, // CORRUPT
          13, // FULL
          14, // CANTOPEN
          15, // PROTOCOL
          26); // NOTADB

  /** The {@code synchronous} setting of the master's own commits. */
  private final String usualSynchronous;

  /**
   * Without a write-ahead log the file could be corrupted, which is worse than a lost transaction.
   */
  private final boolean mayForget;

  private Sqlite(String usualSynchronous, boolean mayForget) {
    this.usualSynchronous = usualSynchronous;
    this.mayForget = mayForget;
  }

  static Sqlite of(Connection connection) throws SQLException {
    boolean hasWriteAheadLog = "wal".equals(pragma(connection, "journal_mode"));
    return new Sqlite(pragma(connection, "synchronous"), hasWriteAheadLog);
  }

  @Override
  String migrations() {
    return "sqlite";
  }

  @Override
  void migrate(Handle handle) throws SQLException {
    Connection connection = handle.getConnection();
    new Migrations(connection, OneConnection.of(connection), migrations()).run();
  }

  /** SQLite has only one isolation level, the strictest. */
  @Override
  ConnectionFactory connections(DataSource dataSource) {
    return dataSource::getConnection;
  }

  @Override
  <T> T inForgettableTransaction(Handle handle, Database.Work<T> work) throws SQLException {
    Connection connection = handle.getConnection();
    if (!mayForget) {
      return handle.inTransaction(transaction -> work.with(connection));
    }
    try {
      execute(connection, "PRAGMA synchronous = NORMAL");
      return handle.inTransaction(transaction -> work.with(connection));
    } finally {
      waitAgain(handle);
    }
  }

  /** Tries twice: an error must not stop the master's own commits from waiting for the disk. */
  private void waitAgain(Handle handle) throws SQLException {
    try {
      setUsual(handle);
    } catch (SQLException | RuntimeException | Error once) {
      setUsual(handle);
    }
  }

  private void setUsual(Handle handle) throws SQLException {
    if (handle.isInTransaction()) {
      // an error may have left the transaction open, and the pragma has no effect within one
      handle.rollback();
    }
    execute(handle.getConnection(), "PRAGMA synchronous = " + usualSynchronous);
  }

  private static String pragma(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet value = statement.executeQuery("PRAGMA " + name)) {
      value.next();
      return value.getString(1);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Uses the clock of the only master. */
  @Override
  String wallMillis(Clock master) {
    return Long.toString(master.millis());
  }

  @Override
  Blame classify(SQLException failure) {
    return AWAY.contains(primaryCode(failure)) ? Blame.DATABASE : Blame.STATEMENT;
  }

  @Override
  boolean isRepeatRequest(SQLException failure) {
    return REPEAT.contains(primaryCode(failure));
  }

  /** An extended result code contains the primary one in its lowest byte. */
  private static int primaryCode(SQLException failure) {
    return failure.getErrorCode() & 0xff;
  }

  @Override
  boolean isDuplicateKey(SQLException failure) {
    return String.valueOf(failure.getMessage()).contains("UNIQUE constraint failed");
  }

  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public boolean takesArrays() {
    return false;
  }

  @Override
  public String rowId() {
    return "rowid";
  }

  @Override
  public String byteLength() {
    return "length";
  }
}

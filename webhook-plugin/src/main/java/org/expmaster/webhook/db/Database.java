package org.expmaster.webhook.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;

/** The master's database with the plugin's tables in it. */
public final class Database {
  /**
   * For PostgreSQL, until the end of the transaction. Beside the waiting it switches off plans that
   * read whole tables: the statistics of a queue are always those of another moment, and a plan
   * made while it was empty would read all of it once it is full. One statement that PostgreSQL can
   * prepare costs less than four of SET LOCAL.
   */
  private static final String TURN_SETTINGS =
      """
      SELECT set_config('synchronous_commit', 'off', true),
        set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
        set_config('enable_mergejoin', 'off', true)
      """;

  /**
   * For PostgreSQL. Flyway's own lock comes too late for two masters that find no history and both
   * begin one. Who has waited here must see what the other has made, whatever isolation is usual;
   * and neither waiting nor migrating is a statement that takes too long.
   */
  private static final String ALONE =
      "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SET LOCAL statement_timeout = 0;"
          + " SET LOCAL lock_timeout = 0;"
          + " SELECT pg_advisory_xact_lock(hashtext('webhooks_schema_history'))";

  private final Jdbi jdbi;
  private final Dialect dialect;

  /** For SQLite, how long the master's commits wait for the disk. */
  private final String synchronous;

  private Database(Jdbi jdbi, Dialect dialect, String synchronous) {
    this.jdbi = jdbi;
    this.dialect = dialect;
    this.synchronous = synchronous;
  }

  /**
   * Brings the plugin's tables up to date and gives access to them. Several masters may do this at
   * once on one database. One connection is enough.
   *
   * @throws IllegalStateException if the database cannot be used as it is; its message says why and
   *     what to do
   */
  public static Database open(DataSource dataSource) throws SQLException {
    Jdbi jdbi = discreet(Jdbi.create(dataSource));
    Dialect dialect = jdbi.withHandle(handle -> Dialect.of(handle.getConnection()));
    jdbi.useHandle(handle -> prepare(handle, dialect));
    Jdbi prepared = jdbi.withHandle(handle -> isolated(dataSource, handle.getConnection()));
    String synchronous =
        switch (dialect) {
          case POSTGRESQL -> "";
          case SQLITE -> jdbi.withHandle(handle -> pragma(handle.getConnection(), "synchronous"));
        };
    return new Database(prepared.setTransactionHandler(new Repeating()), dialect, synchronous);
  }

  private static Jdbi isolated(DataSource dataSource, Connection connection) throws SQLException {
    int usual = connection.getTransactionIsolation();
    // SQLite knows one isolation, and calls it the strictest
    return usual > Connection.TRANSACTION_READ_COMMITTED
            && Dialect.of(connection) == Dialect.POSTGRESQL
        ? discreet(Jdbi.create(new ReadCommitted(dataSource, usual)))
        : discreet(Jdbi.create(dataSource));
  }

  /** What is bound may be a secret, and what is thrown may be logged by whoever catches it. */
  private static Jdbi discreet(Jdbi jdbi) {
    jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
    return jdbi;
  }

  private static void prepare(Handle handle, Dialect dialect) throws SQLException {
    Connection connection = handle.getConnection();
    Encoding.require(connection, dialect);
    switch (dialect) {
      case POSTGRESQL ->
          handle.useTransaction(
              transaction -> {
                execute(connection, ALONE);
                DataSource it = OneConnection.inTransaction(connection);
                new Migrations(connection, it, dialect).run();
              });
      case SQLITE -> new Migrations(connection, OneConnection.of(connection), dialect).run();
    }
    Tables.check(connection);
  }

  /** Connections, statements and transactions. */
  public Jdbi jdbi() {
    return jdbi;
  }

  /** What is done with a connection. */
  @FunctionalInterface
  public interface Work<T> {
    /** Uses the connection, which is in a transaction. */
    T with(Connection connection) throws SQLException;
  }

  /**
   * Does something in one transaction, which commits unless it throws. Where the database asks for
   * it, the transaction is {@linkplain Repeating repeated}: what is done must not leave anything
   * but rows.
   */
  public <T> T inTransaction(Work<T> work) throws SQLException {
    return jdbi.inTransaction(handle -> work.with(handle.getConnection()));
  }

  /**
   * The same for what may be forgotten if the database's own machine fails in the next moment, as
   * long as it is forgotten as a whole: the commit does not wait for the disk. The next one that
   * does wait keeps both.
   */
  public <T> T inForgettableTransaction(Work<T> work) throws SQLException {
    return switch (dialect) {
      case POSTGRESQL ->
          inTransaction(
              connection -> {
                try (PreparedStatement settings = connection.prepareStatement(TURN_SETTINGS)) {
                  settings.execute();
                }
                return work.with(connection);
              });
      case SQLITE -> jdbi.withHandle(handle -> withoutWaiting(handle, work));
    };
  }

  private <T> T withoutWaiting(Handle handle, Work<T> work) throws SQLException {
    Connection connection = handle.getConnection();
    // any other journal could be torn, which is worse than forgetful
    if (!"wal".equals(pragma(connection, "journal_mode"))) {
      return handle.inTransaction(inTransaction -> work.with(connection));
    }
    try {
      execute(connection, "PRAGMA synchronous = NORMAL");
      return handle.inTransaction(inTransaction -> work.with(connection));
    } finally {
      waitAgain(handle);
    }
  }

  /** The connection is the master's, whose own commits must wait: one error must not undo that. */
  private void waitAgain(Handle handle) throws SQLException {
    try {
      setUsual(handle);
    } catch (SQLException | RuntimeException | Error once) {
      setUsual(handle);
    }
  }

  private void setUsual(Handle handle) throws SQLException {
    if (handle.isInTransaction()) {
      // an error may have kept it from being ended, and in one nothing is set
      handle.rollback();
    }
    execute(handle.getConnection(), "PRAGMA synchronous = " + synchronous);
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

  /** Which database it is. */
  public Dialect dialect() {
    return dialect;
  }
}

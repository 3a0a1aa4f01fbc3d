package org.expmaster.webhook.db;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;

/** The master's database with the plugin's tables in it. */
public final class Database {
  private final Jdbi jdbi;
  private final Dialect dialect;

  private Database(Jdbi jdbi, Dialect dialect) {
    this.jdbi = jdbi;
    this.dialect = dialect;
  }

  /**
   * Brings the plugin's tables up to date and gives access to them. Several masters may do this at
   * once on one database. One connection is enough.
   *
   * @throws IllegalStateException if the database cannot be used as it is; its message says why and
   *     what to do
   */
  public static Database open(DataSource dataSource) throws SQLException {
    Dialect dialect = discreet(dataSource::getConnection).withHandle(Database::prepare);
    Jdbi jdbi = discreet(dialect.connections(dataSource));
    return new Database(jdbi.setTransactionHandler(new Repeating(dialect)), dialect);
  }

  private static Dialect prepare(Handle handle) throws SQLException {
    Dialect dialect = Dialect.of(handle.getConnection());
    dialect.migrate(handle);
    Tables.check(handle.getConnection());
    return dialect;
  }

  /** Bound values may be secrets, and whoever catches an exception may log it. */
  private static Jdbi discreet(ConnectionFactory connections) {
    Jdbi jdbi = Jdbi.create(connections);
    jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
    return jdbi;
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
   * Does something in one transaction, which commits unless it throws. The transaction is
   * {@linkplain Repeating repeated} where the database asks for it, so the work must change nothing
   * but rows.
   */
  public <T> T inTransaction(Work<T> work) throws SQLException {
    return jdbi.inTransaction(handle -> work.with(handle.getConnection()));
  }

  /**
   * The same with a commit that does not wait for the disk. If the database's machine fails in the
   * next moment, the transaction is lost as a whole. The next commit that waits makes both durable.
   */
  public <T> T inForgettableTransaction(Work<T> work) throws SQLException {
    return jdbi.withHandle(handle -> dialect.inForgettableTransaction(handle, work));
  }

  /** Which database it is. */
  public Dialect dialect() {
    return dialect;
  }
}

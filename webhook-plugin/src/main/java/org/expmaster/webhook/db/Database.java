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
   * Migrates the plugin's tables and gives access to them. Several masters may do this at once on
   * one database. A single connection is enough.
   *
   * @throws IllegalStateException if the database cannot be used as it is; the message says why and
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

  /** Hides bound values in exceptions: they may be secrets, and exceptions may be logged. */
  private static Jdbi discreet(ConnectionFactory connections) {
    Jdbi jdbi = Jdbi.create(connections);
    jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
    return jdbi;
  }

  /** Returns the access to connections, statements and transactions. */
  public Jdbi jdbi() {
    return jdbi;
  }

  /** An operation in a transaction. */
  @FunctionalInterface
  public interface Work<T> {
    /** Performs the operation on the transaction's connection. */
    T with(Connection connection) throws SQLException;
  }

  /**
   * Performs an operation in one transaction, which commits unless the operation throws. It is
   * {@linkplain Repeating repeated} if the database asks for it, so the operation must change
   * nothing but rows.
   */
  public <T> T inTransaction(Work<T> work) throws SQLException {
    return jdbi.inTransaction(handle -> work.with(handle.getConnection()));
  }

  /**
   * Does the same with a commit that does not wait for the disk. If the database's machine fails
   * shortly afterwards, the transaction is lost as a whole. The next commit that waits makes both
   * durable.
   */
  public <T> T inForgettableTransaction(Work<T> work) throws SQLException {
    return jdbi.withHandle(handle -> dialect.inForgettableTransaction(handle, work));
  }

  public Dialect dialect() {
    return dialect;
  }
}

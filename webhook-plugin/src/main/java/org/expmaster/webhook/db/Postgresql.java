package org.expmaster.webhook.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Set;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;

/** PostgreSQL, which several masters may share. */
final class Postgresql extends Dialect {
  /**
   * Settings until the end of the transaction. Plans that read whole tables are disabled because
   * the statistics of a queue are always out of date: a plan made for an empty queue would read all
   * of it once it is full. For the same reason, a plan is made once and kept, which also saves
   * planning every claim. One statement that the driver can prepare costs less than a {@code SET
   * LOCAL} for each setting.
   */
  private static final String TURN_SETTINGS =
      """
      SELECT set_config('synchronous_commit', 'off', true),
        set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
        set_config('enable_mergejoin', 'off', true),
        set_config('plan_cache_mode', 'force_generic_plan', true)
      """;

  /**
   * Locks out other masters. Flyway's own lock comes too late for two that find no history table
   * and both create one. A master that has waited must see the other's tables, whatever the default
   * isolation level. Statement time-outs must not apply to waiting or migrating.
   */
  private static final String ALONE =
      "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SET LOCAL statement_timeout = 0;"
          + " SET LOCAL lock_timeout = 0;"
          + " SELECT pg_advisory_xact_lock(hashtext('webhooks_schema_history'))";

  /** The first that can be told to keep its plans. */
  private static final int OLDEST = 12;

  private static final String SERIALIZATION_FAILURE = "40001";
  private static final String DEADLOCK = "40P01";
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String QUERY_CANCELED = "57014"; // by a time-out
  private static final String READ_ONLY_TRANSACTION = "25006"; // as on a standby
  private static final String UNIQUE_VIOLATION = "23505";

  private static final Set<String> REPEAT =
      Set.of(SERIALIZATION_FAILURE, DEADLOCK, LOCK_NOT_AVAILABLE);

  private final int usualIsolation;

  private Postgresql(int usualIsolation) {
    this.usualIsolation = usualIsolation;
  }

  static Postgresql of(Connection connection) throws SQLException {
    int version = connection.getMetaData().getDatabaseMajorVersion();
    if (version < OLDEST) {
      throw new IllegalStateException(
          "the master's PostgreSQL is version "
              + version
              + "; webhooks need "
              + OLDEST
              + " or later");
    }
    return new Postgresql(connection.getTransactionIsolation());
  }

  @Override
  String migrations() {
    return "postgresql";
  }

  @Override
  void migrate(Handle handle) throws SQLException {
    Connection connection = handle.getConnection();
    Encoding.require(connection);
    handle.useTransaction(
        transaction -> {
          try (Statement alone = connection.createStatement()) {
            alone.execute(ALONE);
          }
          new Migrations(connection, OneConnection.inTransaction(connection), migrations()).run();
        });
  }

  @Override
  ConnectionFactory connections(DataSource dataSource) {
    return usualIsolation > Connection.TRANSACTION_READ_COMMITTED
        ? new ReadCommitted(dataSource, usualIsolation)
        : dataSource::getConnection;
  }

  @Override
  <T> T inForgettableTransaction(Handle handle, Database.Work<T> work) throws SQLException {
    return handle.inTransaction(
        transaction -> {
          Connection connection = transaction.getConnection();
          try (PreparedStatement settings = connection.prepareStatement(TURN_SETTINGS)) {
            settings.execute();
          }
          return work.with(connection);
        });
  }

  /** Uses the database's clock, because the clocks of its masters may differ. */
  @Override
  String wallMillis(Clock master) {
    return "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";
  }

  @Override
  Blame classify(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    if (REPEAT.contains(state) || state.equals(QUERY_CANCELED)) {
      return Blame.MOMENT;
    }
    boolean isAway =
        state.startsWith("53") // no disk, no memory, too many connections
            || state.startsWith("57P") // shutting down, starting
            || state.startsWith("58") // errors outside PostgreSQL
            || state.equals(READ_ONLY_TRANSACTION);
    return isAway ? Blame.DATABASE : Blame.STATEMENT;
  }

  @Override
  boolean isRepeatRequest(SQLException failure) {
    return REPEAT.contains(String.valueOf(failure.getSQLState()));
  }

  @Override
  boolean isDuplicateKey(SQLException failure) {
    return UNIQUE_VIOLATION.equals(failure.getSQLState());
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public boolean takesArrays() {
    return true;
  }

  @Override
  public String rowId() {
    return "ctid";
  }

  @Override
  public String byteLength() {
    return "octet_length";
  }
}

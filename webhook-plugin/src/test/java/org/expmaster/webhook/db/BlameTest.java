package org.expmaster.webhook.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.List;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Failures are classified by their codes and by what the databases really report. */
final class BlameTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "08006, DATABASE", "08003, DATABASE", "57P01, DATABASE", "57P03, DATABASE",
    "53100, DATABASE", "53300, DATABASE", "58030, DATABASE", "25006, DATABASE",
    "40001, MOMENT", "40P01, MOMENT", "55P03, MOMENT", "57014, MOMENT",
    "22P05, STATEMENT", "22021, STATEMENT", "23505, STATEMENT", "42501, STATEMENT",
    "P0001, STATEMENT", "XX000, STATEMENT",
  })
  void postgresqlsStates(String state, Blame blame) throws SQLException {
    assertEquals(
        blame,
        DialectTest.postgresql()
            .blame(new IllegalStateException(new SQLException("failed", state))));
  }

  @ParameterizedTest
  @CsvSource({
    "5, DATABASE",
    "10, DATABASE",
    "13, DATABASE",
    "14, DATABASE",
    "8, DATABASE",
    "778, DATABASE", // IOERR_WRITE, an extended code
    "1, STATEMENT",
    "18, STATEMENT",
    "19, STATEMENT",
  })
  void sqlitesCodes(int code, Blame blame) throws SQLException {
    assertEquals(blame, DialectTest.sqlite().blame(new SQLException("failed", null, code)));
  }

  @Test
  void aBatchsExceptionThatSaysNothingIsSeenThrough() throws SQLException {
    SQLException full = new SQLException("[SQLITE_FULL]", null, 13);
    assertEquals(
        Blame.DATABASE,
        DialectTest.sqlite()
            .blame(new BatchUpdateException("batch entry 0", null, 0, new int[0], full)));
  }

  @Test
  void whatIsNoDatabasesFault() throws SQLException {
    for (Dialect dialect : List.of(DialectTest.sqlite(), DialectTest.postgresql())) {
      assertEquals(Blame.STATEMENT, dialect.blame(new IllegalArgumentException("a defect")));
      assertEquals(Blame.MOMENT, dialect.blame(new OutOfMemoryError()));
    }
  }

  @Test
  void aConnectionThatCannotBeHadIsTheDatabasesFault() throws SQLException {
    for (Dialect dialect : List.of(DialectTest.sqlite(), DialectTest.postgresql())) {
      assertEquals(
          Blame.DATABASE,
          dialect.blame(new SQLTransientConnectionException("no connection is free")));
      assertEquals(Blame.DATABASE, dialect.blame(new SQLException("is closed", "08003")));
    }
  }

  @Test
  void whatSqliteReallySays() throws SQLException {
    try (TestDatabase database = TestDatabase.sqlite(directory)) {
      execute(database, "CREATE TABLE t (id INTEGER PRIMARY KEY CHECK (id > 0), text TEXT)");
      assertEquals(Blame.STATEMENT, blame(database, "INSERT INTO t VALUES (0, '')"));
      assertEquals(Blame.STATEMENT, blame(database, "INSERT INTO nowhere VALUES (0)"));
      assertEquals(
          Blame.DATABASE, blame(database, "PRAGMA query_only = 1", "INSERT INTO t VALUES (1, '')"));
      execute(database, "PRAGMA query_only = 0");
      assertEquals(
          Blame.DATABASE,
          blame(
              database,
              "PRAGMA max_page_count = 1",
              "INSERT INTO t VALUES (2, hex(randomblob(1000000)))"));
    }
  }

  @Test
  void whatPostgresqlReallySays() throws SQLException {
    try (TestDatabase database = TestDatabase.postgres()) {
      execute(database, "CREATE TABLE t (id BIGINT PRIMARY KEY CHECK (id > 0), text TEXT)");
      assertEquals(Blame.STATEMENT, blame(database, "INSERT INTO t VALUES (0, '')"));
      assertEquals(Blame.STATEMENT, blame(database, "INSERT INTO t VALUES (1, 1/0)"));
      assertEquals(
          Blame.MOMENT, blame(database, "SET statement_timeout = 1", "SELECT pg_sleep(60)"));
      assertEquals(
          Blame.DATABASE,
          blame(database, "SET default_transaction_read_only = on", "INSERT INTO t VALUES (1)"));
      assertEquals(
          Blame.DATABASE,
          blame(database, "SELECT pg_terminate_backend(pg_backend_pid())", "SELECT 1"));
    }
  }

  private static void execute(TestDatabase database, String... sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      for (String each : sql) {
        statement.execute(each);
      }
    }
  }

  private static Blame blame(TestDatabase database, String... sql) throws SQLException {
    SQLException failure = assertThrows(SQLException.class, () -> execute(database, sql));
    try (Connection connection = database.dataSource().getConnection()) {
      return Dialect.of(connection).blame(failure);
    }
  }
}

package org.expmaster.webhook.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.expmaster.webhook.testing.Faults;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only a forgettable transaction does not wait for the disk; the master's own still do. */
final class DatabaseTest {
  private static final String SQLITE = "PRAGMA synchronous";
  private static final String POSTGRESQL = "SHOW synchronous_commit";

  @TempDir Path directory;

  @Test
  void onSqliteAForgettableTransactionAloneDoesNotWaitForTheDisk() throws SQLException {
    try (TestDatabase database = TestDatabase.sqlite(directory)) {
      aloneDoesNotWait(database, SQLITE, "1", "2");
    }
  }

  @Test
  void onPostgresqlAForgettableTransactionAloneDoesNotWaitForTheDisk() throws SQLException {
    try (TestDatabase database = TestDatabase.postgres()) {
      aloneDoesNotWait(database, POSTGRESQL, "off", "on");
    }
  }

  @Test
  void anErrorAtAnyUseOfAConnectionLeavesItAsItWas() throws SQLException {
    try (TestDatabase sqlite = TestDatabase.sqlite(directory)) {
      Faults faults = new Faults();
      Database database = Database.open(faults.in(sqlite.dataSource()));
      int step = 0;
      for (boolean came = true; came; came = faults.hasCome()) {
        faults.at(step++, OutOfMemoryError::new);
        try {
          database.inForgettableTransaction(it -> ask(it, SQLITE));
        } catch (SQLException | RuntimeException | OutOfMemoryError injected) {
          // the connection is checked below
        }
        try (Connection next = sqlite.dataSource().getConnection()) {
          assertEquals("2", ask(next, SQLITE), "after step " + step);
          assertTrue(next.getAutoCommit());
        }
      }
      assertTrue(step > 10, step + " steps");
    }
  }

  private static void aloneDoesNotWait(
      TestDatabase testDatabase, String question, String within, String otherwise)
      throws SQLException {
    Database database = testDatabase.open();
    assertEquals(within, database.inForgettableTransaction(it -> ask(it, question)));
    assertEquals(otherwise, database.inTransaction(it -> ask(it, question)));
    assertThrows(
        SQLException.class,
        () -> database.inForgettableTransaction(it -> ask(it, "SELECT no_such_column")));
    assertEquals(otherwise, database.inTransaction(it -> ask(it, question)), "after a failure");
  }

  private static String ask(Connection connection, String question) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(question)) {
      answer.next();
      return answer.getString(1);
    }
  }
}

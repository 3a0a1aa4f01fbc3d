package org.expmaster.webhook.db;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteRepeatingTest extends RepeatingContract {
  @TempDir private Path directory;

  @Override
  TestDatabase newDatabase() {
    return TestDatabase.sqlite(directory);
  }

  @Override
  SQLException again() {
    return new SQLException("[SQLITE_BUSY] The database file is locked", null, 5);
  }

  @Test
  void whatSqliteItselfSaysOfALockIsUnderstood() throws SQLException {
    String url = "jdbc:sqlite:" + directory.resolve("locked.db");
    try (Connection one = DriverManager.getConnection(url);
        Connection other = DriverManager.getConnection(url);
        Statement first = one.createStatement();
        Statement second = other.createStatement()) {
      first.execute("CREATE TABLE a (b)");
      first.execute("BEGIN IMMEDIATE");
      second.execute("PRAGMA busy_timeout = 0");
      SQLException busy = assertThrows(SQLException.class, () -> second.execute("BEGIN IMMEDIATE"));
      Dialect dialect = Dialect.of(one);
      assertTrue(dialect.asksToRepeat(new IllegalStateException(busy)), busy.toString());
    }
  }
}

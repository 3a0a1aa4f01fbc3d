package org.expmaster.webhook.db;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

final class DialectTest {
  /** A mock, because the tests have no such database. */
  private static Connection connectionTo(String product, int majorVersion) throws SQLException {
    DatabaseMetaData metaData = mock();
    when(metaData.getDatabaseProductName()).thenReturn(product);
    when(metaData.getDatabaseMajorVersion()).thenReturn(majorVersion);
    Connection connection = mock();
    when(connection.getMetaData()).thenReturn(metaData);
    return connection;
  }

  @Test
  void aDatabaseThatIsNeitherIsNamedAndSoAreThoseThatWouldDo() throws SQLException {
    Connection oracle = connectionTo("Oracle", 23);
    String refused =
        assertThrows(IllegalStateException.class, () -> Dialect.of(oracle)).getMessage();
    assertTrue(refused.contains("Oracle"), refused);
    assertTrue(refused.contains("PostgreSQL or SQLite"), refused);
  }

  /** Returns a dialect without a database, which is not needed for classifying failures. */
  @Test
  void aPostgresqlThatIsTooOldIsRefusedInWords() throws SQLException {
    Connection old = connectionTo("PostgreSQL", 11);
    String refused = assertThrows(IllegalStateException.class, () -> Dialect.of(old)).getMessage();
    assertTrue(refused.contains("is version 11; webhooks need 12 or later"), refused);
  }

  static Dialect postgresql() throws SQLException {
    return Dialect.of(connectionTo("PostgreSQL", 12));
  }

  static Dialect sqlite() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      return Dialect.of(connection);
    }
  }

  @Test
  void onlyAUniqueViolationIsTakenForOne() throws SQLException {
    Dialect postgresql = postgresql();
    assertTrue(
        postgresql.isUniqueViolation(
            new IllegalStateException(new SQLException("taken", "23505"))));
    assertFalse(postgresql.isUniqueViolation(new SQLException("no such table", "42P01")));
    Dialect sqlite = sqlite();
    assertTrue(
        sqlite.isUniqueViolation(
            new SQLException("[SQLITE_CONSTRAINT_UNIQUE] UNIQUE constraint failed: a.b")));
    assertFalse(sqlite.isUniqueViolation(new SQLException("database is locked")));
    assertFalse(sqlite.isUniqueViolation(new IllegalStateException("no SQL at all")));
  }
}

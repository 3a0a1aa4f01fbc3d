package org.expmaster.webhook.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class DialectTest {
  /** Of a database that we do not have there is nothing real to ask. */
  private static Connection connectionTo(String product) throws SQLException {
    DatabaseMetaData metaData = mock();
    when(metaData.getDatabaseProductName()).thenReturn(product);
    Connection connection = mock();
    when(connection.getMetaData()).thenReturn(metaData);
    return connection;
  }

  @Test
  void aDatabaseThatIsNeitherIsNamedAndSoAreThoseThatWouldDo() throws SQLException {
    Connection oracle = connectionTo("Oracle");
    String refused =
        assertThrows(IllegalStateException.class, () -> Dialect.of(oracle)).getMessage();
    assertTrue(refused.contains("Oracle"), refused);
    assertTrue(refused.contains("PostgreSQL or SQLite"), refused);
  }

  @Test
  void theTwoAreToldApartByTheirOwnNames() throws SQLException {
    assertEquals(Dialect.POSTGRESQL, Dialect.of(connectionTo("PostgreSQL")));
    assertEquals(Dialect.SQLITE, Dialect.of(connectionTo("SQLite")));
  }

  @Test
  void everyDatabaseHasItsMigrations() {
    for (Dialect dialect : Dialect.values()) {
      String migration =
          "/org/expmaster/webhook/db/"
              + dialect.name().toLowerCase(Locale.ROOT)
              + "/V1__webhooks_and_outbox.sql";
      assertTrue(DialectTest.class.getResource(migration) != null, migration);
    }
  }

  @Test
  void onlyAUniqueViolationIsTakenForOne() {
    assertTrue(
        Dialect.POSTGRESQL.isUniqueViolation(
            new IllegalStateException(new SQLException("taken", "23505"))));
    assertFalse(Dialect.POSTGRESQL.isUniqueViolation(new SQLException("no such table", "42P01")));
    assertTrue(
        Dialect.SQLITE.isUniqueViolation(
            new SQLException("[SQLITE_CONSTRAINT_UNIQUE] UNIQUE constraint failed: a.b")));
    assertFalse(Dialect.SQLITE.isUniqueViolation(new SQLException("database is locked")));
    assertFalse(Dialect.SQLITE.isUniqueViolation(new IllegalStateException("no SQL at all")));
  }
}

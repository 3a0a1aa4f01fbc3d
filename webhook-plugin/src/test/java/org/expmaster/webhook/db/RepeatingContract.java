package org.expmaster.webhook.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to the plugin's own transactions that the database refuses. */
abstract class RepeatingContract {
  private final AtomicInteger tries = new AtomicInteger();
  private TestDatabase testDatabase;
  private Database database;

  abstract TestDatabase newDatabase();

  /** Returns an exception with which this database asks to repeat the transaction. */
  abstract SQLException again();

  @BeforeEach
  void open() {
    testDatabase = newDatabase();
    database = testDatabase.open();
  }

  @AfterEach
  void close() {
    testDatabase.close();
  }

  private int write(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("UPDATE webhooks_registry_version SET version = version + 1");
    }
    return tries.incrementAndGet();
  }

  private long written() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT version FROM webhooks_registry_version")
                    .mapTo(Long.class)
                    .one());
  }

  private int writeAtTheThirdTry(Connection connection) throws SQLException {
    if (write(connection) < 3) {
      throw again();
    }
    return tries.get();
  }

  @Test
  void whatIsRefusedForTheMomentIsRepeatedAndDoneOnce() throws SQLException {
    assertEquals(3, database.inTransaction(this::writeAtTheThirdTry));
    assertEquals(1, written());
  }

  @Test
  void soIsWhatMayBeForgotten() throws SQLException {
    assertEquals(3, database.inForgettableTransaction(this::writeAtTheThirdTry));
    assertEquals(1, written());
  }

  @Test
  void whatIsRefusedAgainAndAgainIsGivenUp() {
    SQLException again = again();
    SQLException told =
        assertThrows(
            SQLException.class,
            () ->
                database.inTransaction(
                    connection -> {
                      write(connection);
                      throw again;
                    }));
    assertSame(again, told);
    assertTrue(tries.get() > 5, tries + " tries");
    assertEquals(0, written());
  }

  @Test
  void whatWouldBeRefusedAgainIsNotRepeated() {
    assertThrows(
        SQLException.class,
        () ->
            database.inTransaction(
                connection -> {
                  write(connection);
                  throw new SQLException("taken", "23505");
                }));
    assertEquals(1, tries.get());
    assertEquals(0, written());
  }
}

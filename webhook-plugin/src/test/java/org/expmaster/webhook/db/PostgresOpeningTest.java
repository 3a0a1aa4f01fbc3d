package org.expmaster.webhook.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PostgresOpeningTest extends OpeningContract {
  @Override
  TestDatabase newDatabase() {
    return TestDatabase.postgres();
  }

  private static TestDatabase encoded(String encoding) {
    return TestDatabase.postgres(
        1, "ENCODING '" + encoding + "' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"LATIN1", "WIN1252", "EUC_JP"})
  void anEncodingThatCannotHoldOurTextsIsRefusedByNameBeforeAnythingIsMade(String encoding)
      throws Exception {
    try (TestDatabase database = encoded(encoding)) {
      String refusal = assertThrows(IllegalStateException.class, database::open).getMessage();
      assertTrue(refusal.contains(" is " + encoding + ","), refusal);
      assertTrue(refusal.contains("ENCODING 'UTF8'"), refusal);
      assertEquals(0, tables(database));
    }
  }

  private static int tables(TestDatabase database) throws Exception {
    try (var connection = database.dataSource().getConnection();
        var statement = connection.createStatement();
        var count =
            statement.executeQuery(
                "SELECT count(*) FROM pg_tables WHERE tablename LIKE 'webhooks%'")) {
      count.next();
      return count.getInt(1);
    }
  }

  /** These encodings store the driver's UTF-8 bytes unchanged. */
  @ParameterizedTest
  @ValueSource(strings = {"UTF8", "SQL_ASCII"})
  void anEncodingThatGivesBackWhatItWasGivenWillDo(String encoding) throws Exception {
    try (TestDatabase database = encoded(encoding)) {
      database
          .open()
          .jdbi()
          .useHandle(
              handle -> {
                handle.execute(
                    "INSERT INTO webhooks_fired (trigger_id, subject, fired_at) VALUES (1, ?, 1)",
                    "\u2603\uD83D\uDE00");
                assertEquals(
                    "\u2603\uD83D\uDE00",
                    handle
                        .createQuery("SELECT subject FROM webhooks_fired")
                        .mapTo(String.class)
                        .one());
              });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"read committed", "serializable"})
  void mastersOfOneConnectionEachThatStartAtOnceMakeTheTablesTogether(String isolation)
      throws Exception {
    int masters = 4;
    ExecutorService threads = Executors.newFixedThreadPool(masters);
    List<TestDatabase> views = new ArrayList<>();
    try (TestDatabase database = TestDatabase.postgres(1, "")) {
      database.set("default_transaction_isolation = '" + isolation + "'");
      List<Future<Database>> opened = new ArrayList<>();
      for (int i = 0; i < masters; i++) {
        TestDatabase view = database.again(1);
        views.add(view);
        opened.add(threads.submit(view::open));
      }
      for (Future<Database> each : opened) {
        each.get();
      }
    } finally {
      views.forEach(TestDatabase::close);
      threads.shutdownNow();
    }
  }

  @Test
  void aMigrationThatFailsLeavesNothingHalfDone() throws Exception {
    try (TestDatabase database = TestDatabase.postgres(1, "")) {
      try (var connection = database.dataSource().getConnection();
          var statement = connection.createStatement()) {
        // makes the second migration fail
        statement.execute("CREATE TABLE webhooks_fired (id BIGINT)");
      }
      String refusal = assertThrows(IllegalStateException.class, database::open).getMessage();
      assertTrue(refusal.contains("webhooks_fired"), refusal);
      assertEquals(1, tables(database));
    }
  }
}

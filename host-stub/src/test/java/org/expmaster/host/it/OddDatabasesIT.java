package org.expmaster.host.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.MasterProcess;
import org.expmaster.host.testing.PostgresServer;
import org.expmaster.host.testing.WebhookReceiver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PostgreSQL as operators may have set it up, not as we would. */
final class OddDatabasesIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path directory;

  private static Map<String, Object> config(String url, int connections) {
    return Map.of("db", Map.of("url", url, "pool_size", connections));
  }

  /** Returns the problem of the plugin that did not start, as admins see it. */
  private static String problem(MasterProcess master) {
    JsonNode plugin = master.admin().get("/api/v1/master/plugins").ok().at("/plugins/0");
    assertEquals("FAILED", plugin.get("state").asText(), plugin.toString());
    return plugin.get("problem").asText();
  }

  private static void assertSays(String problem, String... words) {
    for (String word : words) {
      assertTrue(problem.contains(word), problem);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"LATIN1", "WIN1252"})
  void anEncodingThatCannotHoldOurTextsIsRefusedByName(String encoding) throws Exception {
    String url =
        PostgresServer.shared()
            .newDatabase(
                "ENCODING '" + encoding + "' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
    try (MasterProcess master = MasterProcess.start(directory, config(url, 4))) {
      assertSays(problem(master), encoding, "UTF8");
    }
  }

  @Test
  void theTablesOfANewerJarAreRefusedWithWhatToDo() throws Exception {
    String url = PostgresServer.shared().newDatabase();
    try (MasterProcess first = MasterProcess.start(directory, config(url, 4))) {
      assertEquals(0, first.terminate());
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement()) {
        statement.execute(
            """
            INSERT INTO webhooks_schema_history
              (installed_rank, version, description, type, script, checksum, installed_by,
               execution_time, success)
            VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 7, 'somebody', 1, TRUE)
            """);
        statement.execute("ALTER TABLE webhooks_outbox RENAME COLUMN due_at TO due");
      }
      try (MasterProcess second = first.restart()) {
        assertSays(problem(second), "version 99", "newer jar", "restore");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void twoMastersOfSoFewConnectionsStartAtOnceAndTellOfEveryEnd(int connections) throws Exception {
    Map<String, Object> config = config(PostgresServer.shared().newDatabase(), connections);
    try (MasterProcess one =
            MasterProcess.launch(Files.createDirectory(directory.resolve("one")), config);
        MasterProcess other =
            MasterProcess.launch(Files.createDirectory(directory.resolve("other")), config);
        WebhookReceiver receiver = WebhookReceiver.start()) {
      Api first = one.awaitListening().admin();
      Api second = other.awaitListening().api().withToken(first.token());
      subscribe(first, receiver);
      for (int i = 0; i < 5; i++) {
        first.experiment("entrypoint: exit 0");
        second.experiment("entrypoint: sleep 2 && exit 0");
      }
      receiver.await(10, SOON);
    }
  }

  private static void subscribe(Api admin, WebhookReceiver receiver) {
    Map<String, Object> completed =
        Map.of(
            "triggerType",
            "TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE",
            "condition",
            Map.of("state", "COMPLETED"));
    admin
        .post(
            "/api/v1/webhooks",
            Map.of(
                "url",
                receiver.url("/").toString(),
                "webhookType",
                "WEBHOOK_TYPE_DEFAULT",
                "triggers",
                List.of(completed)))
        .ok();
  }
}

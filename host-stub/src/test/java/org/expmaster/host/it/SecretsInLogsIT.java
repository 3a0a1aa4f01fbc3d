package org.expmaster.host.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.MasterProcess;
import org.expmaster.host.testing.PostgresServer;
import org.expmaster.host.testing.Wait;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A master that logs everything: secrets reach no log all the same. */
final class SecretsInLogsIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String WEBHOOKS = "/api/v1/webhooks";
  private static final String CONFIG = "/api/v1/master/config";

  private static final String NAME = "innermost-name";
  private static final String TITLE = "innermost-title";

  private static final List<Map<String, Object>> TRIGGERS =
      List.of(
          Map.of(
              "triggerType",
              "TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE",
              "condition",
              Map.of("state", "COMPLETED")),
          Map.of("triggerType", "TRIGGER_TYPE_CUSTOM"));

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private final Set<String> keys = new TreeSet<>();
  private SecretReceivers receivers;

  @BeforeEach
  void listen() throws IOException {
    receivers = SecretReceivers.start();
  }

  @AfterEach
  void close() throws IOException {
    receivers.close();
  }

  @Test
  void onSqliteNoneIsLoggedWithEveryLoggerAtTrace() throws Exception {
    String log = everythingHappensTo("jdbc:sqlite:" + directory.resolve("master.db"), logback());
    assertTrue(log.contains("DEBUG com.zaxxer.hikari"), "the log is not talkative: " + log);
    assertHoldsNoSecret(log);
  }

  @Test
  void onPostgresqlNoneIsLoggedWithEveryLoggerAtTrace() throws Exception {
    String log = everythingHappensTo(PostgresServer.shared().newDatabase(), logback());
    assertTrue(log.contains("DEBUG com.zaxxer.hikari"), "the log is not talkative: " + log);
    assertHoldsNoSecret(log);
  }

  /** On SQLite only: PostgreSQL's driver, which belongs to the master, logs all bound values. */
  @Test
  void noneIsLoggedWithTheLoggingOfTheJvmAtAll() throws Exception {
    String log = everythingHappensTo("jdbc:sqlite:" + directory.resolve("master.db"), jvm());
    assertHoldsNoSecret(log);
  }

  /** Everything but the master's own HTTP server, which may log what clients send to it. */
  private String logback() throws IOException {
    return "-Dlogback.configurationFile="
        + Files.writeString(
            directory.resolve("loud.xml"),
            """
            <configuration>
              <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%level %logger %msg%n%ex{full}</pattern></encoder>
              </appender>
              <logger name="org.eclipse.jetty" level="INFO"/>
              <root level="TRACE"><appender-ref ref="OUT"/></root>
            </configuration>
            """);
  }

  private String jvm() throws IOException {
    return "-Djava.util.logging.config.file="
        + Files.writeString(
            directory.resolve("loud.properties"),
            """
            handlers = java.util.logging.ConsoleHandler
            .level = ALL
            java.util.logging.ConsoleHandler.level = ALL
            """);
  }

  /** Makes a master with this option do all it does with secrets; returns its output. */
  private String everythingHappensTo(String database, String option) throws Exception {
    Map<String, Object> config =
        Map.of(
            "log", Map.of("level", "trace"),
            "db", Map.of("url", database),
            "webhooks", Map.of("retry_schedule", List.of("50ms"), "request_timeout", "4s"));
    try (MasterProcess master = MasterProcess.start(directory, config, option)) {
      Api admin = master.admin();
      List<Long> webhooks = webhooks(admin);
      wrongOnesAreRefused(admin, webhooks.get(0));
      events(admin, webhooks, 2);
      rotate(admin, webhooks);
      // by now the circuits of the others are open
      events(admin, webhooks.subList(0, 2), 4);
      databaseRefuses(admin, database);
      assertEquals(0, master.terminate(), master.stderr());
      return master.stdout() + master.stderr();
    }
  }

  private void rotate(Api admin, List<Long> webhooks) {
    admin.post(CONFIG + "/webhook_signing_key/rotate", Map.of("immediately", true)).ok();
    for (long webhook : webhooks) {
      String secret = WEBHOOKS + "/" + webhook + "/secret";
      keys.add(admin.get(secret).ok().get("secret").asText());
      keys.add(admin.post(secret + "/rotate", "").ok().get("secret").asText());
    }
  }

  private List<Long> webhooks(Api admin) {
    List<Long> webhooks = new ArrayList<>();
    webhooks.add(webhook(admin, "SLACK", receivers.slack()).ok().at("/webhook/id").asLong());
    for (String url : receivers.others()) {
      webhooks.add(webhook(admin, "DEFAULT", url).ok().at("/webhook/id").asLong());
    }
    return webhooks;
  }

  private static Api.Answer webhook(Api admin, String type, String url) {
    return admin.post(
        WEBHOOKS,
        Map.of(
            "url",
            url,
            "webhookType",
            "WEBHOOK_TYPE_" + type,
            "mode",
            "WEBHOOK_MODE_SPECIFIC",
            "triggers",
            TRIGGERS,
            "headers",
            List.of(Map.of("name", "X-Api-Key", "value", SecretReceivers.API_KEY))));
  }

  private static void wrongOnesAreRefused(Api admin, long webhook) {
    for (String wrong : SecretReceivers.WRONG) {
      assertEquals(400, webhook(admin, "DEFAULT", wrong).status(), wrong);
      Api.Answer edit = admin.patch(WEBHOOKS + "/" + webhook, Map.of("url", wrong));
      assertEquals(400, edit.status(), wrong);
    }
  }

  /** Tests and triggers all webhooks; waits until this many deliveries of each have ended. */
  private void events(Api admin, List<Long> webhooks, int events) {
    keys.add(admin.get(CONFIG).ok().at("/config/security/webhook_signing_key").asText());
    for (long webhook : webhooks) {
      admin.post(WEBHOOKS + "/" + webhook + "/test", "");
    }
    String theirs = "integrations: {webhooks: {webhook_id: " + webhooks + "}}\n";
    alert(admin, admin.experiment("name: " + NAME + "\nentrypoint: exit 0\n" + theirs));
    for (long webhook : webhooks) {
      String ended = WEBHOOKS + "/" + webhook + "/deliveries?limit=100";
      Wait.until(
          () ->
              events + " of webhook " + webhook + " have ended: " + admin.get(ended).http().body(),
          SOON,
          () -> ended(admin.get(ended).ok().get("deliveries").findValuesAsText("state")) >= events);
    }
  }

  private static long ended(List<String> states) {
    return states.stream().filter(Set.of("DELIVERED", "DEAD")::contains).count();
  }

  private static Api.Answer alert(Api admin, long experiment) {
    Map<String, String> data =
        Map.of("title", TITLE, "description", TITLE, "level", "LOG_LEVEL_INFO");
    return admin.post(WEBHOOKS + "/custom", Map.of("data", data, "experimentId", experiment));
  }

  /** A master logs exceptions, which must not contain what was to be written. */
  private void databaseRefuses(Api admin, String database) throws SQLException {
    try (Connection connection = DriverManager.getConnection(database);
        Statement statement = connection.createStatement()) {
      if (database.startsWith("jdbc:sqlite:")) {
        statement.execute("PRAGMA busy_timeout = 20000");
      }
      statement.execute("ALTER TABLE webhooks_event RENAME TO elsewhere_event");
      statement.execute("ALTER TABLE webhooks_webhook RENAME TO elsewhere_webhook");
    }
    assertEquals(500, webhook(admin, "SLACK", receivers.slack()).status());
    assertNotEquals(200, alert(admin, 1).status());
  }

  private void assertHoldsNoSecret(String log) {
    assertTrue(log.contains("attempt 1"), () -> "the log tells of attempts: " + log);
    assertEquals(2 + 2 * (1 + receivers.others().size()), keys.size());
    String bodies = String.join("\n", receivers.bodies());
    assertTrue(bodies.contains(NAME) && bodies.contains(TITLE), bodies);
    assertAll(
        Stream.of(
                keys.stream(),
                receivers.signatures().stream(),
                SecretReceivers.SECRETS.stream(),
                Stream.of(NAME, TITLE))
            .flatMap(secrets -> secrets)
            .map(secret -> () -> assertEquals(List.of(), lines(log, secret), secret)));
  }

  private static List<String> lines(String log, String text) {
    return log.lines().filter(line -> line.contains(text)).limit(3).toList();
  }
}

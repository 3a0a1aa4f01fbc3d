package org.expmaster.host.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.MasterProcess;
import org.expmaster.host.testing.Wait;
import org.expmaster.host.testing.WebhookReceiver;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Experiments end while the plugin is missing, does not start, or cannot write; then it is back.
 */
@Execution(ExecutionMode.CONCURRENT)
final class AwayIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Map<String, Object> QUICK =
      Map.of("catch_up_interval", "300ms", "lease", "4s", "request_timeout", "2s");

  private static final Pattern TOLD_LATE = Pattern.compile("ends of experiments told late: (\\d+)");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private ChaosDatabase database;
  private WebhookReceiver receiver;
  private Ends ends;
  private String token;

  @ParameterizedTest
  @EnumSource
  void whatEndsMeanwhileIsToldOnceThoughMastersAreKilled(ChaosDatabase.Kind kind) throws Exception {
    database = kind.create(directory);
    try (WebhookReceiver started = WebhookReceiver.start()) {
      receiver = started;
      ends = new Ends(receiver, database);
      try (MasterProcess master = start(Map.of("webhooks", QUICK))) {
        Api admin = master.admin();
        token = admin.token();
        ends.happen(admin, 1);
        // the webhook is not told of what was before it
        ends.forget();
        Receipts.subscribe(admin, receiver.url("/hook"));
        ends.happen(admin, 1);
        master.kill();
      }
      endWhilePluginIsAway();
      caughtUpThoughKilled();
      caughtUpWhenTheDatabaseTakesTheRowsAgain();
      caughtUpAfterAKillInBetween();
      assertEquals(Map.of(), ends.toldNotOnce());
    }
  }

  private MasterProcess start(Map<String, Object> config) throws IOException {
    Map<String, Object> whole = new HashMap<>(config);
    whole.put("db", Map.of("url", database.url()));
    return MasterProcess.start(directory, whole);
  }

  private Api api(MasterProcess master) {
    return master.api().withToken(token);
  }

  private void endWhilePluginIsAway() throws IOException {
    Path none = Files.createDirectory(directory.resolve("none"));
    try (MasterProcess master = start(Map.of("plugins_dir", none.toString()))) {
      ends.happen(api(master), 20);
      master.kill();
    }
    try (MasterProcess master = start(Map.of("webhooks", Map.of("lease", "1s")))) {
      assertEquals(404, api(master).get("/api/v1/webhooks").status());
      ends.happen(api(master), 20);
      master.kill();
    }
  }

  private void caughtUpThoughKilled() throws IOException {
    try (MasterProcess master = start(Map.of("webhooks", QUICK))) {
      receiver.await(4, SOON);
      master.kill();
    }
    try (MasterProcess master = start(Map.of("webhooks", QUICK))) {
      ends.awaitTold();
      master.kill();
    }
  }

  private void caughtUpWhenTheDatabaseTakesTheRowsAgain() throws Exception {
    try (MasterProcess master = start(Map.of("webhooks", QUICK))) {
      execute("ALTER TABLE webhooks_outbox RENAME TO away");
      ends.happen(api(master), 3);
      assertTrue(master.stderr().contains("its listener failed"), master.stderr());
      execute("ALTER TABLE away RENAME TO webhooks_outbox");
      ends.awaitTold();
      Wait.until("it is said", SOON, () -> saidToBeToldLate(master) == 4);
      execute("ALTER TABLE webhooks_outbox RENAME TO away");
      ends.happen(api(master), 3);
      master.kill();
    }
  }

  /** Sums the log up: what the database takes again in between may be told in two looks. */
  private static int saidToBeToldLate(MasterProcess master) {
    return TOLD_LATE
        .matcher(master.stderr())
        .results()
        .mapToInt(line -> Integer.parseInt(line.group(1)))
        .sum();
  }

  private void caughtUpAfterAKillInBetween() throws Exception {
    execute("ALTER TABLE away RENAME TO webhooks_outbox");
    try (MasterProcess master = start(Map.of("webhooks", QUICK))) {
      ends.awaitTold();
      ends.happen(api(master), 1);
      ends.awaitTold();
      assertEquals(0, master.terminate(), master.stderr());
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(database.url());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

package org.expmaster.host.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, Object> QUICK =
      Map.of("catch_up_interval", "300ms", "lease", "4s", "request_timeout", "2s");

  private static final Pattern TOLD_LATE = Pattern.compile("ends of experiments told late: (\\d+)");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private final Set<Long> ended = new TreeSet<>();
  private ChaosDatabase database;
  private WebhookReceiver receiver;
  private String token;

  @ParameterizedTest
  @EnumSource
  void whatEndsMeanwhileIsToldOnceThoughMastersAreKilled(ChaosDatabase.Kind kind) throws Exception {
    database = kind.create(directory);
    try (WebhookReceiver started = WebhookReceiver.start()) {
      receiver = started;
      try (MasterProcess master = start(Map.of("webhooks", QUICK))) {
        Api admin = master.admin();
        token = admin.token();
        end(admin, 1);
        // the webhook is not told of what was before it
        ended.clear();
        Receipts.subscribe(admin, receiver.url("/hook"));
        end(admin, 1);
        master.kill();
      }
      endWhilePluginIsAway();
      caughtUpThoughKilled();
      caughtUpWhenTheDatabaseTakesTheRowsAgain();
      caughtUpAfterAKillInBetween();
      assertEquals(Map.of(), toldNotOnce());
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

  /** Lets some experiments complete, and one fail. */
  private void end(Api api, int completed) {
    Set<Long> started = new HashSet<>();
    for (int i = 0; i < completed; i++) {
      started.add(api.experiment("entrypoint: exit 0"));
    }
    started.add(api.experiment("entrypoint: exit 1"));
    Wait.until(
        "all have ended",
        SOON,
        () -> started.stream().map(api::experimentState).allMatch(AwayIT::isFinal));
    ended.addAll(started);
  }

  private static boolean isFinal(String state) {
    return Set.of("STATE_COMPLETED", "STATE_ERROR").contains(state);
  }

  private void endWhilePluginIsAway() throws IOException {
    Path none = Files.createDirectory(directory.resolve("none"));
    try (MasterProcess master = start(Map.of("plugins_dir", none.toString()))) {
      end(api(master), 20);
      master.kill();
    }
    try (MasterProcess master = start(Map.of("webhooks", Map.of("lease", "1s")))) {
      assertEquals(404, api(master).get("/api/v1/webhooks").status());
      end(api(master), 20);
      master.kill();
    }
  }

  private void caughtUpThoughKilled() throws IOException {
    try (MasterProcess master = start(Map.of("webhooks", QUICK))) {
      receiver.await(4, SOON);
      master.kill();
    }
    try (MasterProcess master = start(Map.of("webhooks", QUICK))) {
      awaitAll();
      master.kill();
    }
  }

  private void caughtUpWhenTheDatabaseTakesTheRowsAgain() throws Exception {
    try (MasterProcess master = start(Map.of("webhooks", QUICK))) {
      execute("ALTER TABLE webhooks_outbox RENAME TO away");
      end(api(master), 3);
      assertTrue(master.stderr().contains("its listener failed"), master.stderr());
      execute("ALTER TABLE away RENAME TO webhooks_outbox");
      awaitAll();
      Wait.until("it is said", SOON, () -> saidToBeToldLate(master) == 4);
      execute("ALTER TABLE webhooks_outbox RENAME TO away");
      end(api(master), 3);
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
      awaitAll();
      end(api(master), 1);
      awaitAll();
      assertEquals(0, master.terminate(), master.stderr());
    }
  }

  private void awaitAll() {
    Wait.until(
        () -> ended + " is owed, and told is " + eventIds().keySet(),
        SOON,
        () -> eventIds().keySet().containsAll(ended));
  }

  /** Returns the ids of the events received, by experiment. */
  private Map<Long, Set<String>> eventIds() {
    Map<Long, Set<String>> ids = new HashMap<>();
    for (WebhookReceiver.Received received : receiver.received()) {
      try {
        JsonNode event = JSON.readTree(received.body());
        ids.computeIfAbsent(event.at("/event_data/experiment/id").asLong(), none -> new HashSet<>())
            .add(event.get("event_id").asText());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return ids;
  }

  /** Returns the events of the experiments that have not exactly one, sent and stored. */
  private Map<Long, List<String>> toldNotOnce() {
    Map<Long, Set<String>> sent = eventIds();
    Map<Long, List<DatabaseView.Row>> stored = database.look().rowsByExperiment();
    Set<Long> all = new HashSet<>(ended);
    all.addAll(sent.keySet());
    all.addAll(stored.keySet());
    Map<Long, List<String>> wrong = new HashMap<>();
    for (long id : all) {
      Set<String> ids = sent.getOrDefault(id, Set.of());
      List<DatabaseView.Row> rows = stored.getOrDefault(id, List.of());
      if (!ended.contains(id) || ids.size() != 1 || rows.size() != 1) {
        wrong.put(id, List.of("sent " + ids, "stored " + rows));
      }
    }
    return wrong;
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(database.url());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

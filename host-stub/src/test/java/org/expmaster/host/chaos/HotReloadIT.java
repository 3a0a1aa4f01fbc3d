package org.expmaster.host.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.MasterProcess;
import org.expmaster.host.testing.PackagedJar;
import org.expmaster.host.testing.Wait;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packaged plugin is replaced ten times while it delivers. */
final class HotReloadIT {
  private static final int ROUNDS = 10;
  private static final int UPGRADED = 5;
  private static final int WEBHOOKS = Chaos.scale(10, 20);
  private static final int EXPERIMENTS_PER_SECOND = Chaos.scale(10, 50);
  private static final int DELIVERIES_BETWEEN = Chaos.scale(50, 5_000);
  private static final Duration SOON = Duration.ofMinutes(2);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
  private final Set<String> paths = new TreeSet<>();
  private String name;
  private ChaosDatabase database;
  private Path jar;
  private MasterProcess master;
  private Api admin;
  private CountedReceipts receipts;

  @AfterEach
  void stop() {
    pace.shutdownNow();
  }

  /** In short, one database: what is left behind does not depend on it. */
  static List<ChaosDatabase.Kind> databases() {
    return List.of(ChaosDatabase.Kind.values()).subList(0, Chaos.scale(1, 2));
  }

  @ParameterizedTest
  @MethodSource("databases")
  void nothingIsLostOrDoubledAndNothingIsLeftBehind(ChaosDatabase.Kind kind) throws Exception {
    name = "reloads on " + kind;
    database = kind.create(directory);
    Path plugins = Files.createDirectory(directory.resolve("plugins"));
    jar = Files.copy(PackagedJar.built(), plugins.resolve("webhook-plugin.jar"));
    Map<String, Object> config =
        Map.of(
            "plugins_dir",
            plugins.toString(),
            "db",
            Map.of("url", database.url()),
            "webhooks",
            // few connections: the receiver closes those beyond 200, perhaps with a request on them
            Map.of("catch_up_interval", "1s", "max_in_flight_per_webhook", 5));
    try (MasterProcess started = MasterProcess.start(directory, config);
        CountedReceipts counted = CountedReceipts.start()) {
      master = started;
      receipts = counted;
      admin = master.admin();
      for (int i = 0; i < WEBHOOKS; i++) {
        paths.add("/" + i);
        Receipts.subscribe(admin, receipts.url("/" + i));
      }
      Map<String, Object> matching =
          Map.of("triggerType", "TRIGGER_TYPE_TASK_LOG", "condition", Map.of("regex", "CUDA"));
      Map<String, Object> forLogs =
          Map.of(
              "url",
              receipts.url("/logs").toString(),
              "webhookType",
              "WEBHOOK_TYPE_DEFAULT",
              "triggers",
              List.of(matching));
      admin.post("/api/v1/webhooks", forLogs).ok();
      reloadUnderLoad();
    }
  }

  private void reloadUnderLoad() throws Exception {
    try (Load load = new Load(() -> Optional.of(admin), Chaos.dice(name));
        Visitor visitor = new Visitor(admin)) {
      long pause = TimeUnit.SECONDS.toMicros(1) / EXPERIMENTS_PER_SECOND;
      pace.scheduleAtFixedRate(() -> load.more(1), 0, pause, TimeUnit.MICROSECONDS);
      reload(0, "1.0.0");
      Footprint before = Footprint.of(master.pid(), admin);
      for (int round = 1; round <= ROUNDS; round++) {
        if (round == UPGRADED) {
          PackagedJar.ofVersion("1.0.1", jar.resolveSibling("newer.jar"));
        }
        reload(round, round < UPGRADED ? "1.0.0" : "1.0.1");
      }
      pace.shutdownNow();
      assertTrue(pace.awaitTermination(1, TimeUnit.MINUTES));
      load.awaitMade(SOON);
      Wait.until(() -> wrong().toString(), SOON, () -> wrong().isEmpty());
      nothingIsLeft(before);
      Chaos.say(
          name,
          "%d experiments ended, %d deliveries, %d doubled; a visitor was answered %d times, and"
                  .formatted(
                      ended().size(), receipts.count(), receipts.doubled(), visitor.answered())
              + " told that the plugin is away %d times".formatted(visitor.away()));
      assertEquals(0, receipts.doubled());
      assertEquals(List.of(), visitor.wrong());
    }
  }

  /** Overwrites the jar in place with what is no jar; lets the master deliver; makes it good. */
  private void reload(int round, String version) throws IOException {
    Files.write(jar, new byte[100_000]);
    long deliveries = receipts.count();
    long start = System.nanoTime();
    awaitMore();
    double seconds = (System.nanoTime() - start) / 1e9;
    Files.write(jar, Files.readAllBytes(PackagedJar.built()));
    long rate = Math.round((receipts.count() - deliveries) / seconds);
    start = System.nanoTime();
    var plugin = admin.post("/api/v1/master/plugins/webhooks/reload", "").ok().get("plugin");
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    assertEquals(version, plugin.get("version").asText());
    logALine();
    awaitMore();
    Chaos.say(
        name,
        "round %d: %d deliveries/s, reloaded in %d ms; %s"
            .formatted(round, rate, millis, Footprint.of(master.pid(), admin)));
  }

  /** Lets the plugin search a line, and deliver it. */
  private void logALine() {
    var notebook = admin.post("/api/v1/notebooks", Map.of("workspaceId", 1)).ok();
    String task = notebook.at("/notebook/id").textValue();
    Map<String, Object> line = Map.of("taskId", task, "log", "CUDA error");
    admin.post("/api/v1/task/logs", Map.of("logs", List.of(line))).ok();
  }

  private void awaitMore() {
    long enough = receipts.count() + DELIVERIES_BETWEEN;
    Wait.until(
        () -> enough + " deliveries, where there are " + receipts.count(),
        SOON,
        () -> receipts.count() >= enough);
  }

  private void nothingIsLeft(Footprint before) {
    Wait.until(() -> more(before), SOON, () -> more(before).isEmpty());
    Wait.until(
        () -> LoadedClasses.pluginLoaders(master.pid()) + " class loaders of plugins",
        SOON,
        () -> LoadedClasses.pluginLoaders(master.pid()) == 1);
    Footprint now = Footprint.of(master.pid(), admin);
    Chaos.say(name, "before: " + before + "; after: " + now + ", 1 class loader");
  }

  private String more(Footprint before) {
    return Footprint.of(master.pid(), admin).moreThan(before);
  }

  private Set<Long> ended() {
    return database.look().ended();
  }

  private List<String> wrong() {
    return receipts.missingOrDifferent(ended(), paths);
  }
}

package org.expmaster.host.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.expmaster.host.Master;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.Heard;
import org.expmaster.host.testing.InProcess;
import org.expmaster.host.testing.LogLines;
import org.expmaster.host.testing.PluginJar;
import org.expmaster.host.testing.SamplePlugins;
import org.expmaster.host.testing.Scrape;
import org.expmaster.host.testing.Wait;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One good plugin among every kind of bad one. */
final class BadNeighboursTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir private static Path plugins;
  @TempDir private static Path directory;
  private static LogLines log;
  private static Master master;
  private static Api admin;

  @BeforeAll
  static void startAMasterWithOneGoodPluginAmongBadOnes() throws Exception {
    SamplePlugins.good().write(plugins.resolve("good.jar"));
    SamplePlugins.good().write(plugins.resolve("good-again.jar"));
    Files.writeString(plugins.resolve("corrupt.jar"), "this is no jar");
    SamplePlugins.throwingConstructor().write(plugins.resolve("constructor.jar"));
    SamplePlugins.throwingStart("throw new AssertionError(\"s-boom\");")
        .write(plugins.resolve("start.jar"));
    SamplePlugins.throwingStop().write(plugins.resolve("stop.jar"));
    SamplePlugins.throwingListener().write(plugins.resolve("listener.jar"));
    SamplePlugins.throwingExecutor().write(plugins.resolve("executor.jar"));
    PluginJar.of("empty")
        .manifest("Plugin-Class", "sample.Gone")
        .write(plugins.resolve("empty.jar"));
    PluginJar.of("newer")
        .manifest("Plugin-Requires", ">=2.0.0")
        .write(plugins.resolve("newer.jar"));
    PluginJar.of("comma")
        .manifest("Plugin-Requires", ">=1, <2")
        .write(plugins.resolve("comma.jar"));
    PluginJar.of("orphan")
        .manifest("Plugin-Dependencies", "parent")
        .write(plugins.resolve("orphan.jar"));
    Heard.clear();
    try (LogLines whileStarting = new LogLines()) {
      log = whileStarting;
      master = InProcess.master(directory, plugins);
    }
    admin = InProcess.admin(master);
  }

  @AfterAll
  static void stop() {
    master.close();
  }

  @Test
  void eachBadPluginIsOneClearLineAndAProblemToSee() {
    Map<String, String> problems = new LinkedHashMap<>();
    for (JsonNode plugin : admin.get("/api/v1/master/plugins").ok().get("plugins")) {
      problems.put(plugin.get("id").asText(), plugin.get("problem").asText());
    }
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("corrupt.jar", "zip END header not found");
    expected.put("comma", "its Plugin-Requires is no version expression: >=1, <2");
    expected.put("orphan", "parent");
    expected.put("good.jar", "it is the plugin good 1.0.0, as good-again.jar is");
    expected.put("constructor", "c-boom");
    expected.put("start", "s-boom");
    expected.put("executor", "e-boom");
    expected.put("empty", "its class sample.Gone is not in the jar");
    expected.put("newer", "it needs a plugin API >=2.0.0 where this master offers 1.0.0");
    expected.forEach(
        (id, problem) -> {
          assertTrue(problems.get(id).contains(problem), id + ": " + problems.get(id));
          assertEquals(1, log.with(problem).size(), id + ": " + log.with(problem));
        });
    for (String id : List.of("good", "stop", "listener")) {
      assertEquals("", problems.get(id), id);
    }
  }

  @Test
  void aPluginThatDidNotStartHasNoRoute() {
    assertEquals(404, admin.get("/start").status());
    assertEquals("you", admin.get("/good/you").ok().get("hello").asText());
  }

  @Test
  void theGoodPluginHearsEverythingThoughAnotherListenerThrows() {
    try (LogLines whileEnding = new LogLines()) {
      long id = admin.experiment("entrypoint: exit 1");
      Wait.until("the end", SOON, () -> Heard.words().contains(id + " ERROR committed"));
      assertEquals(1, whileEnding.with("l-boom").size());
      assertTrue(whileEnding.with("l-boom").get(0).startsWith("plugin listener: its listener"));
      assertEquals("STATE_ERROR", admin.experimentState(id));
      assertEquals(
          List.of(
              id + " RUNNING",
              id + " RUNNING committed",
              id + " STOPPING_ERROR",
              id + " STOPPING_ERROR committed",
              id + " ERROR",
              id + " ERROR committed"),
          Heard.words().stream().filter(word -> word.startsWith(id + " ")).toList());
    }
  }

  @Test
  void theGoodPluginIsDrainedAndStoppedThoughAnotherStopThrows() throws Exception {
    Heard.clear();
    try (LogLines whileStopping = new LogLines()) {
      InProcess.master(Files.createDirectory(directory.resolve("other")), plugins).close();
      assertEquals(1, whileStopping.with("stop-boom").size());
    }
    assertEquals(
        List.of(
            "made",
            "start",
            "extension for Sample",
            "executor starts",
            "stop throws",
            "executor drains",
            "stop"),
        Heard.words().stream().filter(word -> !word.startsWith("executor's")).toList());
  }

  @Test
  void aPluginWhoseExecutorCannotBeginIsStopped() {
    assertTrue(Heard.words().contains("executor's plugin stops"));
  }

  @Test
  void adminsSeeTheMetersOfTheMasterAndOfPluginsThatRun() {
    long id = admin.experiment("entrypoint: exit 0");
    Wait.until("the end", SOON, () -> Heard.words().contains(id + " COMPLETED committed"));
    Scrape metrics = Scrape.of(admin);
    assertTrue(metrics.sum("master_listener_failures_total", "plugin=\"listener\"") >= 1);
    assertEquals(1, metrics.sum("good_starts_total", "plugin=\"good\""));
  }

  @Test
  void adminsSeeExecutorsAndWhatPluginsAddToTheConfiguration() {
    JsonNode executors = admin.get("/api/v1/master/executors").ok().get("executors");
    assertEquals(
        "{\"plugin\":\"good\",\"name\":\"worker\",\"state\":\"RUNNING\",\"details\":{\"jobs\":7}}",
        executors.get(0).toString());
    JsonNode security = admin.get("/api/v1/master/config").ok().at("/config/security");
    assertEquals("********", security.get("initial_user_password").textValue());
    assertEquals("made by good", security.get("webhook_signing_key").textValue());
  }
}

package org.expmaster.host.plugin;

import static org.expmaster.host.plugin.HotMaster.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.Heard;
import org.expmaster.host.testing.LogLines;
import org.expmaster.host.testing.MasterProcess;
import org.expmaster.host.testing.PluginJar;
import org.expmaster.host.testing.SamplePlugins;
import org.expmaster.host.testing.Wait;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that admins stop, start and unload while the master runs. */
final class PluginLifecycleTest {
  private static final String AWAY =
      "the plugin %s, which answers here, does not run at present; try again later";

  /** Holds requests and completed experiments until the test says "go". */
  private static final String SLOW =
      """
      Sample(MasterContext master) { super(master); }
      static void hold(String what) {
        Heard.say(what + " begins");
        org.expmaster.host.testing.Wait.until(
            "go", Duration.ofSeconds(20), () -> Heard.words().contains("go"));
        Heard.say(what + " ends");
      }
      @Override public void start() {
        master().routes().add("GET", "/{how}", Access.PUBLIC, r -> {
          if (r.path().equals("/slow")) { hold("request"); }
          return Response.json("{}".getBytes());
        });
      }
      @Override public void stop() { Heard.say("stop"); }
      """;

  private static final String SLOW_LISTENER =
      """
      @Override public void stateChanged(ExperimentStateChange c, MasterTransaction t) {
        if (c.experiment().state() == ExperimentState.COMPLETED) {
          t.afterCommit(() -> Sample.hold("event"));
        }
      }
      """;

  @TempDir private Path directory;
  private HotMaster master;

  @BeforeEach
  void start() throws Exception {
    Path plugins = HotMaster.plugins(directory);
    SamplePlugins.good().write(plugins.resolve("good.jar"));
    PluginJar.of("slow")
        .plugin(SLOW)
        .extension("Slow", "ExperimentLifecycleListener", SLOW_LISTENER)
        .write(plugins.resolve("slow.jar"));
    PluginJar.of("child")
        .manifest("Plugin-Dependencies", "slow")
        .plugin("Sample(MasterContext master) { super(master); }")
        .write(plugins.resolve("x-child.jar"));
    Heard.clear();
    Heard.say("go");
    master = HotMaster.start(directory, Map.of("required", List.of("good")));
    assertEquals("1.0.0 STARTED", master.now("child"));
  }

  @AfterEach
  void stop() {
    Heard.say("go");
    master.close();
  }

  @Test
  void aStoppedPluginHearsNothingItsRoutesSaySoAndItStartsAgain() {
    assertEquals("STOPPED", master.ask("stop", "good").ok().at("/plugin/state").asText());
    assertEquals("1.0.0 STOPPED", master.now("good"));
    assertTrue(Heard.words().containsAll(List.of("executor drains", "stop")));
    assertEquals("STOPPED", master.ask("stop", "good").ok().at("/plugin/state").asText());

    Api.Answer away = master.admin.get("/good/you");
    assertEquals(503, away.status());
    assertEquals(AWAY.formatted("good"), away.error());
    assertEquals("5", away.http().headers().firstValue("Retry-After").orElse(""));
    assertFalse(master.experiment().toString().contains("COMPLETED"));
    assertFalse(master.admin.get("/metrics").http().body().contains("good_starts"));
    assertFalse(master.admin.get("/api/v1/master/config").http().body().contains("made by good"));

    assertEquals("STARTED", master.ask("start", "good").ok().at("/plugin/state").asText());
    assertEquals(200, master.admin.get("/good/you").status());
    assertTrue(master.experiment().toString().contains("COMPLETED committed"));
  }

  @Test
  void anUnloadedPluginIsUnknownUntilItIsStartedFromItsDirectory() {
    assertEquals("UNLOADED", master.ask("unload", "good").ok().at("/plugin/state").asText());
    assertEquals("none", master.now("good"));
    assertEquals(404, master.admin.get("/good/you").status());
    assertEquals(404, master.ask("stop", "good").status());
    assertEquals("STARTED", master.ask("start", "good").ok().at("/plugin/state").asText());
    assertEquals(200, master.admin.get("/good/you").status());
  }

  @Test
  void whatIsUnderWayEndsBeforeThePluginStopsAndNothingElseBegins() {
    master.ask("unload", "child").ok();
    Heard.clear();
    long experiment = master.admin.experiment("entrypoint: exit 0");
    CompletableFuture<Api.Answer> request = later(() -> master.admin.get("/slow"));
    awaitHeard("event begins");
    awaitHeard("request begins");
    CompletableFuture<Api.Answer> stopping = later(() -> master.ask("stop", "slow"));
    Wait.until("no more requests", SOON, () -> master.admin.get("/quick").status() == 503);
    assertEquals("STATE_COMPLETED", master.admin.experimentState(experiment));
    Api.Answer second = master.ask("reload", "good");
    assertEquals(409, second.status());
    assertEquals(
        "another plugin is being started or stopped; try again when that is done", second.error());
    assertFalse(Heard.words().contains("stop"), "it still answers");

    Heard.say("go");
    assertEquals(200, request.join().status());
    stopping.join().ok();
    List<String> heard = Heard.words();
    assertTrue(heard.indexOf("event ends") < heard.indexOf("stop"), heard.toString());
    assertTrue(heard.indexOf("request ends") < heard.indexOf("stop"), heard.toString());
  }

  private static CompletableFuture<Api.Answer> later(Supplier<Api.Answer> question) {
    return CompletableFuture.supplyAsync(question);
  }

  private static void awaitHeard(String word) {
    Wait.until(() -> "no " + word, SOON, () -> Heard.words().contains(word));
  }

  @Test
  void aPluginThatAnotherNeedsIsNotStopped() {
    for (String action : List.of("stop", "unload", "reload")) {
      Api.Answer refusal = master.ask(action, "slow");
      assertEquals(400, refusal.status());
      assertEquals("the plugin slow is needed by child; stop that first", refusal.error());
    }
    master.ask("stop", "child").ok();
    master.ask("stop", "slow").ok();
    Api.Answer refusal = master.ask("start", "child");
    assertEquals(400, refusal.status());
    assertTrue(refusal.error().contains("[slow]"), refusal.error());
  }

  @Test
  void aRequiredPluginMayBeStoppedWhichIsSaid() {
    try (LogLines log = new LogLines()) {
      master.ask("stop", "good").ok();
      assertEquals(
          List.of(
              "plugin good 1.0.0 (good.jar) is stopped, although plugins.required names it: this"
                  + " master runs on without it, and would not start without it"),
          log.with("plugins.required"));
    }
  }

  @Test
  void onlyAdminsMay() {
    Api nobody = master.admin.withToken("");
    Api user = nobody.login("determined", MasterProcess.PASSWORD);
    for (String action : List.of("stop", "start", "reload", "unload")) {
      String route = "/api/v1/master/plugins/good/" + action;
      assertEquals(401, nobody.post(route, "").status());
      assertEquals(403, user.post(route, "").status());
      assertEquals(404, master.ask(action, "nobody's").status());
    }
    assertEquals("1.0.0 STARTED", master.now("good"));
  }
}

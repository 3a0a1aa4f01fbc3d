package org.expmaster.host.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.MasterProcess;
import org.expmaster.host.testing.PackagedJar;
import org.expmaster.host.testing.PluginJar;
import org.expmaster.host.testing.WebhookReceiver;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Experiments end while admins have stopped, unloaded or replaced the plugin. */
@Execution(ExecutionMode.CONCURRENT)
final class HotAwayIT {
  private static final Map<String, Object> QUICK =
      Map.of("catch_up_interval", "300ms", "lease", "4s", "request_timeout", "2s");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private Path plugins;
  private ChaosDatabase database;
  private Ends ends;
  private String token;

  @ParameterizedTest
  @EnumSource
  void whatEndsMeanwhileIsToldOnceThoughMastersAreKilled(ChaosDatabase.Kind kind) throws Exception {
    database = kind.create(directory);
    plugins = Files.createDirectory(directory.resolve("plugins"));
    Files.copy(PackagedJar.built(), plugins.resolve("webhook-plugin.jar"));
    try (WebhookReceiver receiver = WebhookReceiver.start()) {
      ends = new Ends(receiver, database);
      try (MasterProcess master = start()) {
        token = master.admin().token();
        Receipts.subscribe(api(master), receiver.url("/hook"));
        endWhileStoppedAndKilled(master);
      }
      try (MasterProcess master = start()) {
        ends.awaitTold();
        endWhileUnloadedAndUpgraded(api(master));
        endWhileAnUpgradeFails(api(master));
        endWhileFailedAndKilled(master);
      }
      Files.delete(plugins.resolve("broken.jar"));
      try (MasterProcess master = start()) {
        ends.awaitTold();
        assertTrue(Checkup.isWell(api(master)));
        assertEquals(Map.of(), ends.toldNotOnce());
      }
    }
  }

  private MasterProcess start() throws IOException {
    return MasterProcess.start(
        directory,
        Map.of(
            "plugins_dir",
            plugins.toString(),
            "db",
            Map.of("url", database.url()),
            "webhooks",
            QUICK));
  }

  private Api api(MasterProcess master) {
    return master.api().withToken(token);
  }

  private static Api.Answer ask(Api api, String action) {
    return api.post("/api/v1/master/plugins/webhooks/" + action, "");
  }

  private void endWhileStoppedAndKilled(MasterProcess master) {
    ask(api(master), "stop").ok();
    ends.happen(api(master), 4);
    ask(api(master), "start").ok();
    ends.awaitTold();
    ask(api(master), "stop").ok();
    ends.happen(api(master), 4);
    master.kill();
  }

  private void endWhileUnloadedAndUpgraded(Api api) throws IOException {
    ask(api, "unload").ok();
    ends.happen(api, 4);
    PackagedJar.ofVersion("1.0.1", plugins.resolve("newer.jar"));
    Set<Long> running = ends.begin(api, 4, "sleep 0.5 && ");
    assertEquals("1.0.1", ask(api, "reload").ok().at("/plugin/version").asText());
    ends.awaitEnd(api, running);
    ends.awaitTold();
  }

  private void endWhileAnUpgradeFails(Api api) throws IOException {
    PluginJar.of("webhooks")
        .manifest("Plugin-Version", "1.1.0")
        .plugin(
            """
            Sample(MasterContext master) { super(master); }
            @Override public void start() { throw new IllegalStateException("broken"); }
            """)
        .write(plugins.resolve("broken.jar"));
    Set<Long> running = ends.begin(api, 4, "sleep 0.5 && ");
    Api.Answer refusal = ask(api, "reload");
    assertTrue(refusal.error().endsWith("1.0.1 (newer.jar) runs again"), refusal.error());
    ends.awaitEnd(api, running);
    ends.awaitTold();
  }

  private void endWhileFailedAndKilled(MasterProcess master) {
    ask(api(master), "stop").ok();
    assertEquals(400, ask(api(master), "reload").status());
    ends.happen(api(master), 4);
    master.kill();
  }
}

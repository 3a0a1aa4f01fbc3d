package org.expmaster.host.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.expmaster.host.config.DbSettings;
import org.expmaster.host.db.Database;
import org.expmaster.host.experiment.ExperimentStore;
import org.expmaster.host.experiment.HostExperiments;
import org.expmaster.host.http.RouteTable;
import org.expmaster.host.testing.Heard;
import org.expmaster.host.testing.SamplePlugins;
import org.expmaster.host.testing.Wait;
import org.expmaster.host.workspace.WorkspaceStore;
import org.expmaster.plugin.Settings;
import org.expmaster.plugin.model.WebhookRights;
import org.expmaster.plugin.model.WebhookRights.Right;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnloadTest {
  @TempDir private Path directory;
  private Database database;
  private HostServices host;

  @BeforeEach
  void openTheDatabase() {
    String url = "jdbc:sqlite:" + directory.resolve("master.db");
    database = Database.open(new DbSettings(url, Optional.empty(), Optional.empty(), 1));
    host =
        new HostServices(
            Settings.of(Map.of()),
            database.dataSource(),
            new RouteTable(),
            new HostExperiments(
                new ExperimentStore(database.jdbi()), new WorkspaceStore(database.jdbi())),
            caller -> new WebhookRights(Right.NONE, Right.NONE, Map.of()),
            Clock.systemUTC());
  }

  @AfterEach
  void closeTheDatabase() {
    database.close();
  }

  @Test
  void aPluginThatIsUnloadedLeavesNoClassesAndNoThreads() throws Exception {
    Path jar = SamplePlugins.good().write(directory.resolve("good.jar"));
    Extensions extensions = new Extensions();
    Plugins plugins = new Plugins(directory, host, extensions);
    int threads = 0;
    for (int round = 0; round < 10; round++) {
      WeakReference<ClassLoader> loader = loadUseAndUnload(plugins, extensions, jar);
      Wait.until(
          "the class loader is gone",
          Duration.ofSeconds(20),
          () -> {
            System.gc();
            return loader.get() == null;
          });
      // threads that the first use creates for good exist after the first round
      threads = round == 0 ? Thread.activeCount() : threads;
      assertEquals(threads, Thread.activeCount(), "threads after round " + round);
    }
    assertEquals(List.of(), plugins.reports());
  }

  private static WeakReference<ClassLoader> loadUseAndUnload(
      Plugins plugins, Extensions extensions, Path jar) {
    plugins.start(List.of(jar));
    assertEquals("STARTED", plugins.reports().get(0).state(), plugins.reports().toString());
    assertEquals("RUNNING", plugins.executors().get(0).state());
    assertEquals(1, extensions.effectiveConfig().size());
    ClassLoader loader =
        extensions.lifecycleListeners().get(0).listener().getClass().getClassLoader();
    plugins.unload("good");
    assertEquals(List.of(), extensions.lifecycleListeners());
    return new WeakReference<>(loader);
  }

  @Test
  void aStopThatThrowsIsCalledOnceAndThePluginIsUnloadedAllTheSame() throws Exception {
    Path jar = SamplePlugins.throwingStop().write(directory.resolve("stop.jar"));
    Plugins plugins = new Plugins(directory, host, new Extensions());
    plugins.start(List.of(jar));
    Heard.clear();
    plugins.close();
    assertEquals("FAILED", plugins.reports().get(0).state());
    plugins.unload("stop");
    assertEquals(List.of("stop throws"), Heard.words());
    assertEquals(List.of(), plugins.reports());
  }

  @Test
  void aPluginThatHasStoppedGetsNoConnection() throws Exception {
    PluginScope scope = new PluginScope("p", host);
    scope.context().dataSource().getConnection().close();
    scope.withdrawAll();
    assertThrows(SQLException.class, () -> scope.context().dataSource().getConnection().close());
    assertEquals(true, scope.meters().isClosed());
  }

  @Test
  void aPluginCannotCloseTheMastersPool() {
    assertEquals(false, new PluginScope("p", host).context().dataSource() instanceof AutoCloseable);
  }
}

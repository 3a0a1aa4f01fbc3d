package org.expmaster.host.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.expmaster.host.HostRoutes;
import org.expmaster.host.config.DbSettings;
import org.expmaster.host.db.Database;
import org.expmaster.host.experiment.ExperimentStore;
import org.expmaster.host.experiment.HostExperiments;
import org.expmaster.host.http.RouteTable;
import org.expmaster.host.testing.Heard;
import org.expmaster.host.testing.PluginJar;
import org.expmaster.host.testing.SamplePlugins;
import org.expmaster.host.testing.Wait;
import org.expmaster.host.workspace.WorkspaceStore;
import org.expmaster.plugin.Settings;
import org.expmaster.plugin.Tracing;
import org.expmaster.plugin.model.WebhookRights;
import org.expmaster.plugin.model.WebhookRights.Right;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnloadTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private Path directory;
  private final RouteTable routes = new RouteTable();
  private Database database;
  private HostServices host;
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  @BeforeEach
  void openTheDatabase() {
    String url = "jdbc:sqlite:" + directory.resolve("master.db");
    database = Database.open(new DbSettings(url, Optional.empty(), Optional.empty(), 1));
    host =
        new HostServices(
            Settings.of(Map.of()),
            database.dataSource(),
            new HostRoutes(routes),
            new HostExperiments(
                new ExperimentStore(database.jdbi()), new WorkspaceStore(database.jdbi())),
            caller -> new WebhookRights(Right.NONE, Right.NONE, Map.of()),
            meters,
            Tracing.NONE,
            Clock.systemUTC());
  }

  @AfterEach
  void closeTheDatabase() {
    database.close();
  }

  private Plugins plugins(Extensions extensions) {
    return new Plugins(
        directory,
        host,
        extensions,
        new PluginRules(List.of(), List.of(), new RememberedVersions()));
  }

  @Test
  void aPluginThatIsUnloadedLeavesNoClassesNoRoutesAndNoThreads() throws Exception {
    SamplePlugins.good().write(directory.resolve("good.jar"));
    Extensions extensions = new Extensions();
    try (Plugins plugins = plugins(extensions)) {
      int threads = 0;
      for (int round = 0; round < 10; round++) {
        WeakReference<ClassLoader> loader = loadUseAndUnload(plugins, extensions);
        Wait.until(
            "the class loader is gone",
            SOON,
            () -> {
              System.gc();
              return loader.get() == null;
            });
        // threads that the first use creates for good exist after the first round
        int most = round == 0 ? Thread.activeCount() : threads;
        Wait.until("its threads are gone", SOON, () -> Thread.activeCount() <= most);
        threads = most;
      }
      assertEquals(List.of(), plugins.reports());
      assertEquals(List.of(), routes.list());
    }
  }

  private WeakReference<ClassLoader> loadUseAndUnload(Plugins plugins, Extensions extensions) {
    assertEquals("STARTED", plugins.start("good").state());
    assertEquals(List.of("GET /good/{name}"), routes.list());
    assertEquals("RUNNING", plugins.executors().get(0).state());
    assertEquals(1, extensions.effectiveConfig().size());
    ClassLoader loader =
        extensions.lifecycleListeners().get(0).listener().getClass().getClassLoader();
    assertTrue(meters.scrape().contains("good_starts_total{plugin=\"good\"}"), meters::scrape);
    plugins.unload("good");
    assertEquals("", meters.scrape(), "what is left of its meters");
    assertEquals(List.of(), extensions.lifecycleListeners());
    return new WeakReference<>(loader);
  }

  /** The pool starts a thread when someone waits, and keeps it while someone waits now and then. */
  @Test
  void aPluginThatWaitedForAConnectionLeavesNoClasses() throws Exception {
    PluginJar.of("waiting")
        .plugin(
            """
            Sample(MasterContext master) { super(master); }
            @Override public void start() {
              try (var held = master().dataSource().getConnection()) {
                Thread other = new Thread(() -> {
                  try { master().dataSource().getConnection().close(); }
                  catch (java.sql.SQLException e) { throw new IllegalStateException(e); }
                });
                other.start();
                org.expmaster.host.testing.Wait.until("it waits", Duration.ofSeconds(20),
                    () -> other.getState() == Thread.State.TIMED_WAITING);
              } catch (java.sql.SQLException e) { throw new IllegalStateException(e); }
            }
            """)
        .extension("Any", "MetricListener", "")
        .write(directory.resolve("waiting.jar"));
    Extensions extensions = new Extensions();
    // the thread that the pool started with has ended
    Wait.until("the pool idles", SOON, () -> threads("db-") <= 2);
    try (Plugins plugins = plugins(extensions)) {
      WeakReference<ClassLoader> loader = loadAndUnload(plugins, extensions);
      long end = System.nanoTime() + SOON.toNanos();
      while (loader.get() != null && System.nanoTime() < end) {
        waitForAConnection();
        System.gc();
      }
      assertEquals(null, loader.get());
    }
  }

  private static WeakReference<ClassLoader> loadAndUnload(Plugins plugins, Extensions extensions) {
    assertEquals("STARTED", plugins.start("waiting").state());
    Object listener = extensions.metricListeners().get(0).listener();
    plugins.unload("waiting");
    return new WeakReference<>(listener.getClass().getClassLoader());
  }

  private void waitForAConnection() throws Exception {
    try (Connection held = database.dataSource().getConnection()) {
      Thread other = new Thread(this::borrow);
      other.start();
      Wait.until("it waits", SOON, () -> other.getState() == Thread.State.TIMED_WAITING);
    }
  }

  private void borrow() {
    try {
      database.dataSource().getConnection().close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long threads(String prefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(prefix))
        .count();
  }

  @Test
  void aStopThatThrowsIsCalledOnceAndThePluginIsUnloadedAllTheSame() throws Exception {
    SamplePlugins.throwingStop().write(directory.resolve("stop.jar"));
    try (Plugins plugins = plugins(new Extensions())) {
      plugins.startAll();
      Heard.clear();
      assertEquals("FAILED", plugins.stop("stop").state());
      plugins.unload("stop");
      assertEquals(List.of("stop throws"), Heard.words());
      assertEquals(List.of(), plugins.reports());
    }
  }

  @Test
  void aPluginThatHasStoppedGetsNoConnectionAndNoMeter() throws Exception {
    PluginScope scope = new PluginScope("p", host);
    scope.context().dataSource().getConnection().close();
    scope.withdrawAll();
    assertThrows(SQLException.class, () -> scope.context().dataSource().getConnection().close());
    scope.context().meters().counter("late").increment();
    assertEquals("", meters.scrape());
  }

  @Test
  void aPluginCannotCloseTheMastersPool() {
    assertEquals(false, new PluginScope("p", host).context().dataSource() instanceof AutoCloseable);
  }
}

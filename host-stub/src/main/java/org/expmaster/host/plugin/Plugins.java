package org.expmaster.host.plugin;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.expmaster.host.listener.Fatal;
import org.expmaster.plugin.ExperimentLifecycleListener;
import org.expmaster.plugin.MasterConfig;
import org.expmaster.plugin.MetricListener;
import org.expmaster.plugin.TaskLogListener;
import org.pf4j.PluginState;
import org.pf4j.PluginWrapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The plugins of one directory. One thread starts and stops them; any may read reports. */
public final class Plugins implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Plugins.class);
  private static final Duration DRAIN = Duration.ofSeconds(20);
  private static final Duration STOP = Duration.ofSeconds(10);
  private static final List<Class<?>> EXTENSION_POINTS =
      List.of(
          ExperimentLifecycleListener.class,
          TaskLogListener.class,
          MetricListener.class,
          MasterConfig.class);

  private final HostServices host;
  private final Extensions extensions;
  private final Pf4j pf4j;
  private final Map<String, PluginScope> scopes = new HashMap<>();
  private final List<LoadedPlugin> plugins = new CopyOnWriteArrayList<>();

  public Plugins(Path directory, HostServices host, Extensions extensions) {
    this.host = host;
    this.extensions = extensions;
    this.pf4j = new Pf4j(directory, id -> scopes.get(id).context());
  }

  /** Loads and starts the plugins; logs those that fail. */
  public void start(List<Path> jars) {
    jars.forEach(this::load);
    plugins.stream().filter(plugin -> plugin.is(LoadedPlugin.State.LOADED)).forEach(this::start);
  }

  private void load(Path jar) {
    try {
      String id = pf4j.loadPlugin(jar);
      PluginScope scope = new PluginScope(id, host);
      scopes.put(id, scope);
      String version = pf4j.getPlugin(id).getDescriptor().getVersion();
      LoadedPlugin plugin = new LoadedPlugin(jar, id, version, scope);
      plugins.add(plugin);
      if (pf4j.getPlugin(id).getPluginState() == PluginState.DISABLED) {
        plugin.now(LoadedPlugin.State.DISABLED, whyDisabled(pf4j.getPlugin(id)));
        log.warn("{} is not started: {}", plugin, plugin.report().problem());
      }
    } catch (Throwable e) {
      Fatal.rethrow(e);
      dropHalfLoaded(jar);
      LoadedPlugin broken = LoadedPlugin.broken(jar, Problem.of(e));
      plugins.add(broken);
      log.error("{} cannot be loaded: {}", jar.getFileName(), broken.report().problem());
      log.debug("{}", jar, e);
    }
  }

  private static String whyDisabled(PluginWrapper wrapper) {
    return wrapper.getFailedException() == null
        ? "it is in disabled.txt, or not in enabled.txt"
        : "it needs a plugin API %s where this master offers %s"
            .formatted(wrapper.getDescriptor().getRequires(), Pf4j.SPI_VERSION);
  }

  /** Drops a plugin with missing dependencies, which would keep PF4J from resolving the next. */
  private void dropHalfLoaded(Path jar) {
    for (PluginWrapper wrapper : pf4j.getPlugins()) {
      if (wrapper.getPluginPath().equals(jar) && !scopes.containsKey(wrapper.getPluginId())) {
        pf4j.forget(wrapper.getPluginId());
      }
    }
  }

  private void start(LoadedPlugin plugin) {
    try {
      startOrThrow(plugin);
      plugin.now(LoadedPlugin.State.STARTED, "");
      log.info("{} {} started", plugin, plugin.report().version());
    } catch (Throwable e) {
      boolean stopToo = pf4j.getPlugin(plugin.id()).getPluginState() == PluginState.STARTED;
      halt(plugin, Instant.now().plus(DRAIN), stopToo);
      plugin.now(LoadedPlugin.State.FAILED, Problem.of(e));
      Fatal.rethrow(e);
      log.error("{} did not start: {}", plugin, plugin.report().problem());
      log.debug("{}", plugin, e);
    }
  }

  private void startOrThrow(LoadedPlugin plugin) throws Throwable {
    pf4j.startPlugin(plugin.id());
    Throwable failure = pf4j.getPlugin(plugin.id()).getFailedException();
    if (failure != null) {
      throw failure;
    }
    List<Object> made = new ArrayList<>();
    for (Class<?> type : EXTENSION_POINTS) {
      for (Class<?> extension : pf4j.getExtensionClasses(type, plugin.id())) {
        Object instance = pf4j.getExtensionFactory().create(extension);
        if (!made.contains(instance)) {
          made.add(instance);
        }
      }
    }
    plugin.scope().executors().startAll();
    plugin.scope().openRoutes();
    extensions.publish(plugin.id(), made);
  }

  /** Stops a running plugin, and revokes what it was given. */
  void stop(LoadedPlugin plugin, Instant deadline) {
    Optional<String> problem = halt(plugin, deadline, true);
    plugin.now(
        problem.isPresent() ? LoadedPlugin.State.FAILED : LoadedPlugin.State.STOPPED,
        problem.orElse(""));
    problem.ifPresent(text -> log.error("{} did not stop cleanly: {}", plugin, text));
  }

  /** Returns what went wrong, if anything did. */
  private Optional<String> halt(LoadedPlugin plugin, Instant deadline, boolean stopToo) {
    extensions.withdraw(plugin.id());
    plugin.scope().withdrawRoutes();
    plugin.scope().executors().drainAll(deadline);
    Optional<String> problem = Optional.empty();
    if (stopToo) {
      try {
        Bounded.call("stop-" + plugin.id(), STOP, () -> pf4j.stopPlugin(plugin.id()));
        problem =
            Optional.ofNullable(pf4j.getPlugin(plugin.id()).getFailedException()).map(Problem::of);
      } catch (Throwable e) {
        Fatal.rethrow(e);
        pf4j.markFailed(plugin.id());
        log.debug("{}", plugin, e);
        problem = Optional.of(Problem.of(e));
      }
    }
    plugin.scope().withdrawAll();
    return problem;
  }

  /** Stops a plugin if it is running, and releases its classes. */
  void unload(String id) {
    for (LoadedPlugin plugin : List.copyOf(plugins)) {
      if (plugin.id().equals(id) && plugin.scope() != null) {
        if (plugin.is(LoadedPlugin.State.STARTED)) {
          stop(plugin, Instant.now().plus(DRAIN));
        }
        pf4j.forget(id);
        scopes.remove(id);
        plugins.remove(plugin);
      }
    }
  }

  public List<PluginReport> reports() {
    return plugins.stream().map(LoadedPlugin::report).toList();
  }

  public List<ExecutorReport> executors() {
    return plugins.stream()
        .filter(plugin -> plugin.is(LoadedPlugin.State.STARTED))
        .flatMap(plugin -> plugin.scope().executors().reports().stream())
        .toList();
  }

  /** Returns the meters of each running plugin. */
  public Map<String, MeterRegistry> meters() {
    Map<String, MeterRegistry> meters = new LinkedHashMap<>();
    for (LoadedPlugin plugin : plugins) {
      if (plugin.is(LoadedPlugin.State.STARTED)) {
        meters.put(plugin.id(), plugin.scope().meters());
      }
    }
    return meters;
  }

  /** Stops all plugins one by one, in reverse order; an exception does not affect the others. */
  @Override
  public void close() {
    Instant deadline = Instant.now().plus(DRAIN);
    List<LoadedPlugin> reversed = new ArrayList<>(plugins);
    Collections.reverse(reversed);
    for (LoadedPlugin plugin : reversed) {
      if (plugin.is(LoadedPlugin.State.STARTED)) {
        stop(plugin, deadline);
      }
    }
  }
}

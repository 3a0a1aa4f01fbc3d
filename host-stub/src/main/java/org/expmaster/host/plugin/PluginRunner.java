package org.expmaster.host.plugin;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.expmaster.host.listener.Fatal;
import org.expmaster.plugin.ExperimentLifecycleListener;
import org.expmaster.plugin.MasterConfig;
import org.expmaster.plugin.MetricListener;
import org.expmaster.plugin.TaskLogListener;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginState;
import org.pf4j.PluginWrapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads and starts plugins, stops them, and releases their classes. For one thread at a time.
 *
 * <p>A plugin's classes are loaded exactly while it runs: a plugin that is started again is a new
 * instance of new classes.
 */
final class PluginRunner {
  private static final Logger log = LoggerFactory.getLogger(PluginRunner.class);

  /** How long a plugin may take to finish what it does. */
  static final Duration DRAIN = Duration.ofSeconds(20);

  /** How long requests and events under way may keep a plugin from stopping. */
  private static final Duration CALLS = Duration.ofSeconds(10);

  private static final Duration STOP = Duration.ofSeconds(10);
  private static final List<Class<?>> EXTENSION_POINTS =
      List.of(
          ExperimentLifecycleListener.class,
          TaskLogListener.class,
          MetricListener.class,
          MasterConfig.class);

  private final HostServices host;
  private final Extensions extensions;
  private final PluginVersions versions;
  private final List<String> allowDowngrade;
  private final Map<String, PluginScope> scopes = new HashMap<>();
  private final Pf4j pf4j;

  PluginRunner(Path directory, HostServices host, Extensions extensions, PluginRules rules) {
    this.host = host;
    this.extensions = extensions;
    this.versions = rules.versions();
    this.allowDowngrade = rules.allowDowngrade();
    this.pf4j = new Pf4j(directory, id -> scopes.get(id).context());
  }

  Pf4j pf4j() {
    return pf4j;
  }

  /** Starts a plugin; if that fails, it is as if it had never been loaded, and the log says why. */
  void start(KnownPlugin plugin) {
    PluginFile file = plugin.file().orElseThrow();
    PluginScope scope = new PluginScope(plugin.id(), host);
    scopes.put(plugin.id(), scope);
    try {
      refuseOlder(file);
      pf4j.loadPlugin(file.copy());
      Optional<String> disabled = whyDisabled(pf4j.getPlugin(plugin.id()));
      if (disabled.isPresent()) {
        release(plugin.id(), scope);
        plugin.ended(KnownPlugin.State.DISABLED, disabled.get());
        log.warn("{} is not started: {}", plugin, disabled.get());
        return;
      }
      startOrThrow(plugin.id(), scope);
      versions.started(plugin.id(), file.version());
      plugin.started(scope);
      log.info("{} started", plugin);
    } catch (Throwable e) {
      halt(plugin.id(), scope, Instant.now().plus(DRAIN));
      plugin.ended(KnownPlugin.State.FAILED, Problem.of(e));
      Fatal.rethrow(e);
      log.error("{} did not start: {}", plugin, plugin.problem());
      log.debug("{}", plugin, e);
    }
  }

  private void refuseOlder(PluginFile file) {
    Optional<String> why = whyTooOld(file);
    if (why.isPresent()) {
      throw new PluginRuntimeException(why.get());
    }
  }

  /** Returns why a jar must not run on this database; empty if it may. */
  Optional<String> whyTooOld(PluginFile file) {
    return whyTooOld(file, versions.last(file.id()), "has run on this database");
  }

  /**
   * Returns why a jar must not replace another version; empty if it may.
   *
   * @param that what is known of the other version, as the end of a sentence
   */
  Optional<String> whyTooOld(PluginFile file, Optional<String> other, String that) {
    return other
        .filter(version -> !allowDowngrade.contains(file.id()))
        .filter(version -> pf4j.compare(file.version(), version) < 0)
        .map(
            version ->
                ("%s is older than %s, which %s; install %s or a newer one. To go back on"
                        + " purpose, name %s in plugins.allow_downgrade")
                    .formatted(file, version, that, version, file.id()));
  }

  private static Optional<String> whyDisabled(PluginWrapper wrapper) {
    if (wrapper.getPluginState() != PluginState.DISABLED) {
      return Optional.empty();
    }
    return Optional.of(
        wrapper.getFailedException() == null
            ? "it is in disabled.txt, or not in enabled.txt"
            : Pf4j.otherApi(wrapper.getDescriptor()));
  }

  private void startOrThrow(String id, PluginScope scope) throws Throwable {
    pf4j.startPlugin(id);
    Throwable failure = pf4j.getPlugin(id).getFailedException();
    if (failure != null) {
      throw failure;
    }
    List<Object> made = new ArrayList<>();
    for (Class<?> type : EXTENSION_POINTS) {
      for (Class<?> extension : pf4j.getExtensionClasses(type, id)) {
        Object instance = pf4j.getExtensionFactory().create(extension);
        if (!made.contains(instance)) {
          made.add(instance);
        }
      }
    }
    scope.executors().startAll();
    scope.openRoutes();
    extensions.publish(id, made, scope.gate());
  }

  /** Stops a running plugin, revokes what it was given, and releases its classes. */
  void stop(KnownPlugin plugin, Instant deadline) {
    Optional<String> problem = halt(plugin.id(), plugin.scope().orElseThrow(), deadline);
    plugin.ended(
        problem.isPresent() ? KnownPlugin.State.FAILED : KnownPlugin.State.STOPPED,
        problem.orElse(""));
    problem.ifPresentOrElse(
        text -> log.error("{} did not stop cleanly: {}", plugin, text),
        () -> log.info("{} stopped", plugin));
  }

  /** Ends a plugin in whatever state it is; returns what went wrong, if anything did. */
  private Optional<String> halt(String id, PluginScope scope, Instant deadline) {
    extensions.withdraw(id);
    scope.closeToCalls();
    awaitCalls(id, scope, deadline);
    scope.executors().drainAll(deadline);
    Optional<String> problem = Optional.empty();
    if (pf4j.runs(id)) {
      try {
        Bounded.call("stop-" + id, STOP, () -> pf4j.stopPlugin(id));
        problem = Optional.ofNullable(pf4j.getPlugin(id).getFailedException()).map(Problem::of);
      } catch (Throwable e) {
        Fatal.rethrow(e);
        pf4j.markFailed(id);
        log.debug("plugin {}: stop", id, e);
        problem = Optional.of(Problem.of(e));
      }
    }
    release(id, scope);
    return problem;
  }

  private static void awaitCalls(String id, PluginScope scope, Instant deadline) {
    Instant patience = Instant.now().plus(CALLS);
    try {
      if (!scope.gate().awaitEmpty(patience.isBefore(deadline) ? patience : deadline)) {
        log.warn("plugin {}: it is stopped although it still answers requests or events", id);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void release(String id, PluginScope scope) {
    scope.withdrawAll();
    scopes.remove(id);
    pf4j.forget(id);
  }

  /** Makes the routes of a plugin that does not run unknown. */
  void forgetRoutes(String id) {
    host.routes().withdraw(id);
  }

  /** Returns which running plugins cannot do without this one. */
  List<String> dependentsOf(String id) {
    return pf4j.getPlugins().stream()
        .map(PluginWrapper::getDescriptor)
        .filter(
            other ->
                other.getDependencies().stream()
                    .anyMatch(needed -> needed.getPluginId().equals(id)))
        .map(other -> other.getPluginId())
        .toList();
  }
}

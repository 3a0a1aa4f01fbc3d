package org.expmaster.host.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.ApiException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The plugins of one directory, which can be replaced while the master runs. Thread-safe. */
public final class Plugins implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Plugins.class);

  private final PluginRunner runner;
  private final Inventory inventory;
  private final List<String> required;
  private final OneAtATime turns = new OneAtATime();

  /**
   * @throws org.expmaster.host.config.ConfigException if jars cannot be copied
   */
  public Plugins(Path directory, HostServices host, Extensions extensions, PluginRules rules) {
    runner = new PluginRunner(directory, host, extensions, rules);
    PrivateCopies copies = PrivateCopies.ofThisProcess();
    inventory = new Inventory(directory, new PluginFiles(directory, runner.pf4j(), copies));
    required = rules.required();
  }

  /** Starts the newest version of each plugin in the directory; logs those that fail. */
  public void startAll() {
    turns.runNext(
        "plugins-start",
        () -> {
          for (PluginFile file : inventory.look()) {
            KnownPlugin plugin = KnownPlugin.of(file);
            inventory.add(plugin);
            runner.start(plugin);
          }
        });
  }

  /**
   * Stops a plugin, if it runs. What it has in hand is finished first, or given back.
   *
   * @throws ApiException if there is no such plugin, or another one needs it
   */
  public PluginReport stop(String id) {
    return turns.runNow(
        "plugin-stop",
        () -> {
          KnownPlugin plugin = inventory.get(id);
          stop(plugin);
          return plugin.report();
        });
  }

  /**
   * Starts a plugin in the version that was stopped, or, if it has been unloaded or never been
   * loaded, the newest in the directory.
   *
   * @throws ApiException if there is no such plugin, or it does not start; the message says why
   */
  public PluginReport start(String id) {
    return turns.runNow(
        "plugin-start",
        () -> {
          Optional<KnownPlugin> known = find(id);
          if (known.isEmpty()) {
            return replace(id);
          }
          if (!known.get().runs()) {
            runner.start(known.get());
          }
          return started(known.get());
        });
  }

  /**
   * Replaces a plugin with the newest version in the directory, which may be the same. If that does
   * not start, the one before is started again.
   *
   * @throws ApiException if the new version does not start; the message says why, and what runs now
   */
  public PluginReport reload(String id) {
    return turns.runNow("plugin-reload", () -> replace(id));
  }

  /**
   * Stops a plugin, if it runs, and forgets it. The jar stays in the directory.
   *
   * @throws ApiException if there is no such plugin, or another one needs it
   */
  public PluginReport unload(String id) {
    return turns.runNow(
        "plugin-unload",
        () -> {
          KnownPlugin plugin = inventory.get(id);
          stop(plugin);
          inventory.remove(plugin);
          runner.forgetRoutes(id);
          plugin.ended(KnownPlugin.State.UNLOADED, "");
          log.info("{} unloaded", plugin);
          return plugin.report();
        });
  }

  /** Returns a plugin that can be loaded; its id is not the name of an unusable jar. */
  private Optional<KnownPlugin> find(String id) {
    return inventory.find(id).filter(plugin -> plugin.file().isPresent());
  }

  private static ApiException refusal(String why) {
    return new ApiException(Reason.FAILED_PRECONDITION, why);
  }

  private void stop(KnownPlugin plugin) {
    if (plugin.runs()) {
      refuseIfNeeded(plugin.id());
      if (required.contains(plugin.id())) {
        log.warn(
            "{} is stopped, although plugins.required names it: this master runs on without it, and"
                + " would not start without it",
            plugin);
      }
      runner.stop(plugin, Instant.now().plus(PluginRunner.DRAIN));
    }
  }

  private void refuseIfNeeded(String id) {
    List<String> dependents = runner.dependentsOf(id);
    if (!dependents.isEmpty()) {
      throw refusal(
          "the plugin %s is needed by %s; stop that first"
              .formatted(id, String.join(", ", dependents)));
    }
  }

  private static PluginReport started(KnownPlugin plugin) {
    if (!plugin.runs()) {
      throw refusal("the %s did not start: %s".formatted(plugin, plugin.problem()));
    }
    return plugin.report();
  }

  private PluginReport replace(String id) {
    Optional<KnownPlugin> before = find(id);
    PluginFile file = inventory.newest(id);
    Optional<KnownPlugin> running = before.filter(KnownPlugin::runs);
    try {
      refuseUnfit(file, running);
      running.ifPresent(plugin -> refuseIfNeeded(id));
    } catch (RuntimeException refused) {
      inventory.discard(file);
      throw refused;
    }
    KnownPlugin next = KnownPlugin.of(file);
    running.ifPresent(plugin -> runner.stop(plugin, Instant.now().plus(PluginRunner.DRAIN)));
    runner.start(next);
    if (!next.runs() && running.isPresent()) {
      goBack(running.get(), next);
    }
    exchange(before, next);
    return started(next);
  }

  /** Checks what can be checked while the version before still runs. */
  private void refuseUnfit(PluginFile file, Optional<KnownPlugin> running) {
    runner
        .whyTooOld(file, running.map(plugin -> plugin.report().version()), "runs now")
        .or(() -> runner.whyTooOld(file))
        .or(() -> runner.pf4j().whyUnfit(file))
        .ifPresent(
            why -> {
              throw refusal(
                  "%s is refused, and nothing has changed: %s".formatted(file.source(), why));
            });
  }

  /** Starts the version before again, and tells of both. */
  private void goBack(KnownPlugin before, KnownPlugin next) {
    runner.start(before);
    if (before.runs()) {
      inventory.remove(next);
      throw refusal(
          "the %s did not start: %s; the %s runs again".formatted(next, next.problem(), before));
    }
    exchange(Optional.of(before), next);
    throw refusal(
        "the %s did not start: %s; and the %s does not start any more: %s"
            .formatted(next, next.problem(), before, before.problem()));
  }

  private void exchange(Optional<KnownPlugin> before, KnownPlugin next) {
    inventory.add(next);
    before.ifPresent(inventory::remove);
  }

  public List<PluginReport> reports() {
    return inventory.all().stream().map(KnownPlugin::report).toList();
  }

  public List<ExecutorReport> executors() {
    return inventory.all().stream()
        .flatMap(plugin -> plugin.scope().stream())
        .flatMap(scope -> scope.executors().reports().stream())
        .toList();
  }

  /** Stops all plugins one by one, in reverse order; an exception does not affect the others. */
  @Override
  public void close() throws IOException {
    turns.runNext("plugins-stop", this::stopAll);
    inventory.close();
  }

  private void stopAll() {
    Instant deadline = Instant.now().plus(PluginRunner.DRAIN);
    List<KnownPlugin> reversed = new ArrayList<>(inventory.all());
    Collections.reverse(reversed);
    reversed.stream().filter(KnownPlugin::runs).forEach(plugin -> runner.stop(plugin, deadline));
  }
}

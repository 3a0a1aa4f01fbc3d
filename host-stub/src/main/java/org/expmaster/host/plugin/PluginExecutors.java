package org.expmaster.host.plugin;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.expmaster.host.config.PlainCopy;
import org.expmaster.host.listener.Fatal;
import org.expmaster.plugin.BackgroundExecutor;
import org.expmaster.plugin.ExecutorRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The background work of one plugin. */
final class PluginExecutors implements ExecutorRegistry {
  private static final Logger log = LoggerFactory.getLogger(PluginExecutors.class);
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]+");

  /** Executors cut unfinished work short by themselves; this is for one that does not. */
  private static final Duration BEYOND = Duration.ofSeconds(2);

  private final String plugin;
  private final Map<String, BackgroundExecutor> executors = new LinkedHashMap<>();
  private final List<BackgroundExecutor> running = new ArrayList<>();
  private boolean starting = true;

  PluginExecutors(String plugin) {
    this.plugin = plugin;
  }

  @Override
  public synchronized void register(BackgroundExecutor executor) {
    String name = executor.name();
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "the name " + name + " must be lower-case letters, digits and hyphens");
    }
    if (!starting) {
      throw new IllegalStateException("the plugin " + plugin + " is no longer starting");
    }
    if (executors.putIfAbsent(name, executor) != null) {
      throw new IllegalStateException("the plugin " + plugin + " has an executor " + name);
    }
  }

  /**
   * @throws Exception from the first executor that cannot start; those before it keep running
   */
  synchronized void startAll() throws Exception {
    starting = false;
    for (BackgroundExecutor executor : executors.values()) {
      executor.start();
      running.add(executor);
    }
  }

  /** Drains the started executors, in reverse order. */
  void drainAll(Instant deadline) {
    List<BackgroundExecutor> toDrain;
    synchronized (this) {
      starting = false;
      toDrain = new ArrayList<>(running);
      running.clear();
    }
    for (int i = toDrain.size() - 1; i >= 0; i--) {
      drain(toDrain.get(i), deadline);
    }
  }

  private void drain(BackgroundExecutor executor, Instant deadline) {
    Duration left = Duration.between(Instant.now(), deadline);
    Duration within = left.isNegative() ? Duration.ZERO : left;
    String name = executor.name();
    try {
      boolean ended =
          Bounded.call("drain-" + name, within.plus(BEYOND), () -> executor.drain(within));
      if (!ended) {
        log.warn("plugin {}: executor {} had to cut short what it was doing", plugin, name);
      }
    } catch (Throwable e) {
      Fatal.rethrow(e);
      log.warn("plugin {}: executor {} did not drain: {}", plugin, name, Problem.of(e));
      log.debug("plugin {}: drain", plugin, e);
    }
  }

  synchronized List<ExecutorReport> reports() {
    return executors.values().stream().map(this::report).toList();
  }

  private ExecutorReport report(BackgroundExecutor executor) {
    try {
      BackgroundExecutor.Status status = executor.status();
      Map<String, Object> details = new PlainCopy().mapping(status.details());
      return new ExecutorReport(plugin, executor.name(), status.state().name(), details);
    } catch (Throwable e) {
      Fatal.rethrow(e);
      Map<String, Object> details = Map.of("problem", "status() failed: " + Problem.of(e));
      return new ExecutorReport(plugin, executor.name(), "UNKNOWN", details);
    }
  }
}

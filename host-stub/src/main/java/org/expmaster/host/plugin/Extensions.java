package org.expmaster.host.plugin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.expmaster.host.config.Overlay;
import org.expmaster.host.config.PlainCopy;
import org.expmaster.host.listener.CallGate;
import org.expmaster.host.listener.Fatal;
import org.expmaster.host.listener.NamedListener;
import org.expmaster.plugin.ExperimentLifecycleListener;
import org.expmaster.plugin.MasterConfig;
import org.expmaster.plugin.MetricListener;
import org.expmaster.plugin.TaskLogListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The extensions of the running plugins. Thread-safe: a state change reads a snapshot. */
public final class Extensions {
  private static final Logger log = LoggerFactory.getLogger(Extensions.class);

  private final Map<String, Published> byPlugin = new LinkedHashMap<>();
  private volatile List<NamedListener<ExperimentLifecycleListener>> lifecycle = List.of();
  private volatile List<NamedListener<TaskLogListener>> taskLogs = List.of();
  private volatile List<NamedListener<MetricListener>> metrics = List.of();

  private record Published(List<Object> extensions, CallGate gate) {}

  synchronized void publish(String plugin, List<Object> extensions, CallGate gate) {
    byPlugin.put(plugin, new Published(extensions, gate));
    refresh();
  }

  synchronized void withdraw(String plugin) {
    byPlugin.remove(plugin);
    refresh();
  }

  private void refresh() {
    lifecycle = those(ExperimentLifecycleListener.class);
    taskLogs = those(TaskLogListener.class);
    metrics = those(MetricListener.class);
  }

  private <L> List<NamedListener<L>> those(Class<L> type) {
    List<NamedListener<L>> found = new ArrayList<>();
    byPlugin.forEach(
        (plugin, published) ->
            published.extensions.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .forEach(
                    listener -> found.add(new NamedListener<>(plugin, listener, published.gate))));
    return List.copyOf(found);
  }

  /** Returns the listeners for state changes, in the order in which the plugins were started. */
  public List<NamedListener<ExperimentLifecycleListener>> lifecycleListeners() {
    return lifecycle;
  }

  /** Returns the listeners for task logs, in the same order. */
  public List<NamedListener<TaskLogListener>> taskLogListeners() {
    return taskLogs;
  }

  /** Returns the listeners for metrics, in the same order. */
  public List<NamedListener<MetricListener>> metricListeners() {
    return metrics;
  }

  /** Returns the plugins' additions to the master's configuration; later ones take precedence. */
  public Map<String, Object> effectiveConfig() {
    Map<String, Published> now;
    synchronized (this) {
      now = new LinkedHashMap<>(byPlugin);
    }
    Map<String, Object> merged = new LinkedHashMap<>();
    for (var entry : now.entrySet()) {
      merged = Overlay.of(merged, effective(entry.getKey(), entry.getValue()));
    }
    return merged;
  }

  private static Map<String, Object> effective(String plugin, Published published) {
    Map<String, Object> merged = new LinkedHashMap<>();
    if (published.gate.enter()) {
      try {
        for (Object extension : published.extensions) {
          if (extension instanceof MasterConfig config) {
            merged = Overlay.of(merged, effective(plugin, config));
          }
        }
      } finally {
        published.gate.leave();
      }
    }
    return merged;
  }

  private static Map<String, Object> effective(String plugin, MasterConfig config) {
    try {
      return new PlainCopy().mapping(config.effective());
    } catch (Throwable e) {
      Fatal.rethrow(e);
      log.warn("plugin {}: its MasterConfig failed: {}", plugin, Problem.of(e));
      log.debug("plugin {}: MasterConfig", plugin, e);
      return Map.of();
    }
  }
}

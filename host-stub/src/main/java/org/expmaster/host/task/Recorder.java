package org.expmaster.host.task;

import java.util.List;
import org.expmaster.host.db.Transactions;
import org.expmaster.host.listener.ListenerCalls;
import org.expmaster.plugin.MetricListener;
import org.expmaster.plugin.TaskLogListener;
import org.expmaster.plugin.model.TaskLogLine;
import org.expmaster.plugin.model.TrialMetric;
import org.jdbi.v3.core.Jdbi;

/** Stores logs and metrics and calls the listeners in the same transaction. Thread-safe. */
public final class Recorder {
  private final Transactions transactions;
  private final ListenerCalls<TaskLogListener> logListeners;
  private final ListenerCalls<MetricListener> metricListeners;

  public Recorder(
      Jdbi jdbi,
      ListenerCalls<TaskLogListener> logListeners,
      ListenerCalls<MetricListener> metricListeners) {
    this.transactions = new Transactions(jdbi);
    this.logListeners = logListeners;
    this.metricListeners = metricListeners;
  }

  /** Returns after the commit. */
  void log(List<TaskLogLine> lines) {
    if (lines.isEmpty()) {
      return;
    }
    logListeners.inTransaction(
        transactions,
        (handle, listeners) -> {
          TaskStore.addLines(handle, lines);
          listeners.call(
              (listener, transaction) -> listener.logged(lines, transaction),
              () -> "the log of task " + lines.get(0).task().id());
          return null;
        });
  }

  /** Returns after the commit. */
  void report(List<TrialMetric> metrics) {
    if (metrics.isEmpty()) {
      return;
    }
    metricListeners.inTransaction(
        transactions,
        (handle, listeners) -> {
          TaskStore.addMetrics(handle, metrics);
          listeners.call(
              (listener, transaction) -> listener.reported(metrics, transaction),
              () -> "the metrics of trial " + metrics.get(0).trialId());
          return null;
        });
  }
}

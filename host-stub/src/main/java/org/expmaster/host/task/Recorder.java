package org.expmaster.host.task;

import java.util.List;
import org.expmaster.host.db.Transactions;
import org.expmaster.host.listener.ListenerCalls;
import org.expmaster.host.listener.ListenerTask;
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
    List<ListenerTask> afterCommit =
        transactions.run(
            one -> {
              TaskStore.addLines(one.handle(), lines);
              return logListeners.call(
                  (listener, transaction) -> listener.logged(lines, transaction),
                  () -> "the log of task " + lines.get(0).task().id(),
                  one);
            });
    afterCommit.forEach(ListenerTask::run);
  }

  /** Returns after the commit. */
  void report(List<TrialMetric> metrics) {
    if (metrics.isEmpty()) {
      return;
    }
    List<ListenerTask> afterCommit =
        transactions.run(
            one -> {
              TaskStore.addMetrics(one.handle(), metrics);
              return metricListeners.call(
                  (listener, transaction) -> listener.reported(metrics, transaction),
                  () -> "the metrics of trial " + metrics.get(0).trialId(),
                  one);
            });
    afterCommit.forEach(ListenerTask::run);
  }
}

package org.expmaster.host.task;

import java.util.List;
import org.expmaster.host.experiment.ListenerCalls;
import org.expmaster.host.experiment.ListenerTask;
import org.expmaster.plugin.MetricListener;
import org.expmaster.plugin.TaskLogListener;
import org.expmaster.plugin.model.TaskLogLine;
import org.expmaster.plugin.model.TrialMetric;
import org.jdbi.v3.core.Jdbi;

/** Stores logs and metrics, and tells the listeners in the same transaction. Thread-safe. */
public final class Recorder {
  private final Jdbi jdbi;
  private final ListenerCalls<TaskLogListener> logListeners;
  private final ListenerCalls<MetricListener> metricListeners;

  public Recorder(
      Jdbi jdbi,
      ListenerCalls<TaskLogListener> logListeners,
      ListenerCalls<MetricListener> metricListeners) {
    this.jdbi = jdbi;
    this.logListeners = logListeners;
    this.metricListeners = metricListeners;
  }

  /** Returns once they are committed. */
  void log(List<TaskLogLine> lines) {
    if (lines.isEmpty()) {
      return;
    }
    List<ListenerTask> afterCommit =
        jdbi.inTransaction(
            handle -> {
              TaskStore.addLines(handle, lines);
              return logListeners.call(
                  (listener, transaction) -> listener.logged(lines, transaction),
                  () -> "the log of task " + lines.get(0).task().id(),
                  handle);
            });
    afterCommit.forEach(ListenerTask::run);
  }

  /** Returns once they are committed. */
  void report(List<TrialMetric> metrics) {
    if (metrics.isEmpty()) {
      return;
    }
    List<ListenerTask> afterCommit =
        jdbi.inTransaction(
            handle -> {
              TaskStore.addMetrics(handle, metrics);
              return metricListeners.call(
                  (listener, transaction) -> listener.reported(metrics, transaction),
                  () -> "the metrics of trial " + metrics.get(0).trialId(),
                  handle);
            });
    afterCommit.forEach(ListenerTask::run);
  }
}

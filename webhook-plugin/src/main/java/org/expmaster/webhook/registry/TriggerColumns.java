package org.expmaster.webhook.registry;

import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.webhook.registry.Trigger.Custom;
import org.expmaster.webhook.registry.Trigger.MetricThreshold;
import org.expmaster.webhook.registry.Trigger.StateChange;
import org.expmaster.webhook.registry.Trigger.TaskLog;

/** The columns of a stored trigger: its type, and its condition in the notation of that type. */
record TriggerColumns(String type, String condition) {
  private static final String STATE_CHANGE = "EXPERIMENT_STATE_CHANGE";
  private static final String TASK_LOG = "TASK_LOG";
  private static final String CUSTOM = "CUSTOM";
  private static final String METRIC_THRESHOLD = "METRIC_THRESHOLD_EXCEEDED";

  static TriggerColumns of(Trigger trigger) {
    return trigger.accept(new Writer());
  }

  private static final class Writer implements Trigger.Visitor<TriggerColumns> {
    @Override
    public TriggerColumns stateChange(StateChange trigger) {
      return new TriggerColumns(STATE_CHANGE, trigger.state().name());
    }

    @Override
    public TriggerColumns taskLog(TaskLog trigger) {
      return new TriggerColumns(TASK_LOG, trigger.regex());
    }

    @Override
    public TriggerColumns custom(Custom trigger) {
      return new TriggerColumns(CUSTOM, "");
    }

    /** {@code >= 0.9 accuracy}: the name comes last, since it may contain anything. */
    @Override
    public TriggerColumns metricThreshold(MetricThreshold trigger) {
      return new TriggerColumns(
          METRIC_THRESHOLD,
          trigger.operator().sign() + " " + trigger.value() + " " + trigger.metric());
    }
  }

  Trigger trigger() {
    return switch (type) {
      case STATE_CHANGE -> new StateChange(ExperimentState.valueOf(condition));
      case TASK_LOG -> new TaskLog(condition);
      case CUSTOM -> new Custom();
      case METRIC_THRESHOLD -> readThreshold();
      default -> throw new IllegalStateException("webhooks_trigger.type is " + type);
    };
  }

  private MetricThreshold readThreshold() {
    String[] parts = condition.split(" ", 3);
    return new MetricThreshold(
        parts[2], Comparison.of(parts[0]).orElseThrow(), Double.parseDouble(parts[1]));
  }
}

package org.expmaster.webhook.registry;

import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.webhook.registry.Trigger.Custom;
import org.expmaster.webhook.registry.Trigger.MetricThreshold;
import org.expmaster.webhook.registry.Trigger.StateChange;
import org.expmaster.webhook.registry.Trigger.TaskLog;

/** How a trigger is stored: its type, and its condition as that type writes it. */
record TriggerColumns(String type, String condition) {
  private static final String STATE_CHANGE = "EXPERIMENT_STATE_CHANGE";
  private static final String TASK_LOG = "TASK_LOG";
  private static final String CUSTOM = "CUSTOM";
  private static final String METRIC_THRESHOLD = "METRIC_THRESHOLD_EXCEEDED";

  static TriggerColumns of(Trigger trigger) {
    // a switch over the sealed types once Java 21 is the baseline
    if (trigger instanceof StateChange change) {
      return new TriggerColumns(STATE_CHANGE, change.state().name());
    }
    if (trigger instanceof TaskLog log) {
      return new TriggerColumns(TASK_LOG, log.regex());
    }
    if (trigger instanceof Custom) {
      return new TriggerColumns(CUSTOM, "");
    }
    if (trigger instanceof MetricThreshold threshold) {
      return new TriggerColumns(METRIC_THRESHOLD, write(threshold));
    }
    throw new IllegalArgumentException("no columns for " + trigger);
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

  /** {@code >= 0.9 accuracy}: the name last, for it may hold anything. */
  private static String write(MetricThreshold threshold) {
    return threshold.operator().sign() + " " + threshold.value() + " " + threshold.metric();
  }

  private MetricThreshold readThreshold() {
    String[] parts = condition.split(" ", 3);
    return new MetricThreshold(
        parts[2], Operator.of(parts[0]).orElseThrow(), Double.parseDouble(parts[1]));
  }
}

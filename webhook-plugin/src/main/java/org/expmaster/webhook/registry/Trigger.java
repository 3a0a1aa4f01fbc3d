package org.expmaster.webhook.registry;

import java.util.Objects;
import org.expmaster.plugin.model.ExperimentState;

/** A condition on which a webhook fires. */
public sealed interface Trigger {

  /** Calls the visitor's method for this kind of trigger and returns its result. */
  <R> R accept(Visitor<R> visitor);

  /** One method for each kind of trigger: a new kind compiles only if every visitor handles it. */
  interface Visitor<R> {
    R stateChange(StateChange trigger);

    R taskLog(TaskLog trigger);

    R custom(Custom trigger);

    R metricThreshold(MetricThreshold trigger);
  }

  /** Fires when an experiment enters this state. */
  record StateChange(ExperimentState state) implements Trigger {
    public StateChange {
      Objects.requireNonNull(state, "state");
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.stateChange(this);
    }
  }

  /** Fires when a task logs a line that contains a match of this expression; once per task. */
  record TaskLog(String regex) implements Trigger {
    public TaskLog {
      Objects.requireNonNull(regex, "regex");
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.taskLog(this);
    }
  }

  /** Fires on an alert of an experiment whose config names the webhook. */
  record Custom() implements Trigger {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.custom(this);
    }
  }

  /** Fires when a trial's metric first crosses the threshold; once per trial. */
  record MetricThreshold(String metric, Comparison operator, double value) implements Trigger {
    public MetricThreshold {
      Objects.requireNonNull(metric, "metric");
      Objects.requireNonNull(operator, "operator");
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("value is " + value + ", and must be finite");
      }
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.metricThreshold(this);
    }
  }
}

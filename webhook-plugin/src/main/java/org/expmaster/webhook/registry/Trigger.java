package org.expmaster.webhook.registry;

import java.util.Objects;
import org.expmaster.plugin.model.ExperimentState;

/** What makes a webhook fire. */
public sealed interface Trigger {

  /** Calls the visitor's method for this kind of trigger, and returns its result. */
  <R> R accept(Visitor<R> visitor);

  /** One method for each kind of trigger: a new kind does not compile until all of them have it. */
  interface Visitor<R> {
    /** For a change of state. */
    R stateChange(StateChange trigger);

    /** For a line of a log. */
    R taskLog(TaskLog trigger);

    /** For an alert. */
    R custom(Custom trigger);

    /** For a metric's threshold. */
    R metricThreshold(MetricThreshold trigger);
  }

  /** An experiment has come into this state. */
  record StateChange(ExperimentState state) implements Trigger {
    public StateChange {
      Objects.requireNonNull(state, "state");
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.stateChange(this);
    }
  }

  /** A task has written a line in which this regular expression finds something; once a task. */
  record TaskLog(String regex) implements Trigger {
    public TaskLog {
      Objects.requireNonNull(regex, "regex");
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.taskLog(this);
    }
  }

  /** An alert of an experiment whose config names the webhook. */
  record Custom() implements Trigger {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.custom(this);
    }
  }

  /** A trial's metric is beyond a threshold; once a trial, when it first is. */
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

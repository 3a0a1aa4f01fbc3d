package org.expmaster.webhook.registry;

import java.util.Objects;
import org.expmaster.plugin.model.ExperimentState;

/** What makes a webhook fire. */
public sealed interface Trigger {

  /** An experiment has come into this state. */
  record StateChange(ExperimentState state) implements Trigger {
    public StateChange {
      Objects.requireNonNull(state, "state");
    }
  }

  /** A task has written a line in which this regular expression finds something; once a task. */
  record TaskLog(String regex) implements Trigger {
    public TaskLog {
      Objects.requireNonNull(regex, "regex");
    }
  }

  /** An alert of an experiment whose config names the webhook. */
  record Custom() implements Trigger {}

  /** A trial's metric is beyond a threshold; once a trial, when it first is. */
  record MetricThreshold(String metric, Operator operator, double value) implements Trigger {
    public MetricThreshold {
      Objects.requireNonNull(metric, "metric");
      Objects.requireNonNull(operator, "operator");
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("value is " + value + ", and must be finite");
      }
    }
  }
}

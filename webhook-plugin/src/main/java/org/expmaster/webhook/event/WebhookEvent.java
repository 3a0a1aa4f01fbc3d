package org.expmaster.webhook.event;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.TaskLogLine;

/** Something a webhook can be told of. */
public sealed interface WebhookEvent {

  /** The same on every attempt and for every webhook, so that receivers can drop duplicates. */
  UUID id();

  /** When it happened, by the master's clock. */
  Instant at();

  /** The experiment it happened to; a task that writes a log may belong to none. */
  Optional<Experiment> subject();

  /** What kind of event it is, as receivers read it: {@code experiment_completed}. */
  String type();

  /** Calls the visitor's method for this kind of event, and returns its result. */
  <R> R accept(Visitor<R> visitor);

  /** One method for each kind of event: a new kind does not compile until all of them have it. */
  interface Visitor<R> {
    /** For an experiment's change of state. */
    R stateChanged(StateChanged event);

    /** For a log line that matches. */
    R taskLogMatched(TaskLogMatched event);

    /** For an alert. */
    R customAlert(CustomAlert event);

    /** For a metric that has crossed a threshold. */
    R metricThreshold(MetricThreshold event);
  }

  /** An experiment has come into a state; {@link Experiment#state()} says which. */
  record StateChanged(UUID id, Instant at, Experiment experiment) implements WebhookEvent {
    public StateChanged {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(experiment, "experiment");
    }

    @Override
    public Optional<Experiment> subject() {
      return Optional.of(experiment);
    }

    @Override
    public String type() {
      return "experiment_" + experiment.state().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.stateChanged(this);
    }
  }

  /**
   * A task has written a line that matches a trigger's regular expression.
   *
   * @param subject the experiment of the line's task, as it is now
   * @param line the line, cut to what a message can hold
   * @param regex what it matched
   */
  record TaskLogMatched(
      UUID id, Instant at, Optional<Experiment> subject, TaskLogLine line, String regex)
      implements WebhookEvent {
    public TaskLogMatched {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(subject, "subject");
      Objects.requireNonNull(line, "line");
      Objects.requireNonNull(regex, "regex");
    }

    @Override
    public String type() {
      return "task_log";
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.taskLogMatched(this);
    }
  }

  /**
   * An experiment's code, or a person, has something to say.
   *
   * @param experiment of which experiment, as it is now
   * @param trialId of which of its trials, where the alert says so
   * @param alert what it says
   */
  record CustomAlert(UUID id, Instant at, Experiment experiment, OptionalLong trialId, Alert alert)
      implements WebhookEvent {
    public CustomAlert {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(experiment, "experiment");
      Objects.requireNonNull(trialId, "trialId");
      Objects.requireNonNull(alert, "alert");
    }

    @Override
    public Optional<Experiment> subject() {
      return Optional.of(experiment);
    }

    @Override
    public String type() {
      return "custom";
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.customAlert(this);
    }
  }

  /**
   * A trial's metric has crossed a trigger's threshold for the first time.
   *
   * @param experiment the trial's experiment, as it is now
   * @param trialId the trial
   * @param crossing what was reported, and what it crossed
   */
  record MetricThreshold(
      UUID id, Instant at, Experiment experiment, long trialId, Crossing crossing)
      implements WebhookEvent {
    public MetricThreshold {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(experiment, "experiment");
      Objects.requireNonNull(crossing, "crossing");
    }

    @Override
    public Optional<Experiment> subject() {
      return Optional.of(experiment);
    }

    @Override
    public String type() {
      return "metric_threshold";
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.metricThreshold(this);
    }
  }
}

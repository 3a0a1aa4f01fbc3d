package org.expmaster.webhook.event;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.plugin.model.TaskLogLine;

/** An event that webhooks can be notified of. */
public sealed interface WebhookEvent {

  /** Returns the id, the same for all attempts and webhooks: receivers drop duplicates by it. */
  UUID id();

  /** Returns when the event happened, by the master's clock. */
  Instant at();

  /** Returns the experiment concerned; empty for the log of a task that belongs to none. */
  Optional<Experiment> subject();

  /** Returns the event type that receivers see, such as {@code experiment_completed}. */
  String type();

  /** Calls the visitor's method for this kind of event and returns its result. */
  <R> R accept(Visitor<R> visitor);

  /** One method for each kind of event: a new kind compiles only if every visitor handles it. */
  interface Visitor<R> {
    R stateChanged(StateChanged event);

    R taskLogMatched(TaskLogMatched event);

    R customAlert(CustomAlert event);

    R metricThreshold(MetricThreshold event);
  }

  /**
   * An experiment has entered a new state, {@link Experiment#state()}.
   *
   * @param id follows from the experiment, its state and the time, so that the same change has the
   *     same id whoever tells of it
   */
  record StateChanged(UUID id, Instant at, Experiment experiment) implements WebhookEvent {
    /** Creates the event of an experiment that entered its state at this time. */
    public static StateChanged of(Experiment experiment, Instant at) {
      return new StateChanged(ChangeId.of(experiment.id(), experiment.state(), at), at, experiment);
    }

    /** Returns the event type of a change to this state. */
    public static String type(ExperimentState state) {
      return "experiment_" + state.name().toLowerCase(Locale.ROOT);
    }

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
      return type(experiment.state());
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.stateChanged(this);
    }
  }

  /**
   * A task has written a log line that matches a trigger's regular expression.
   *
   * @param subject the experiment of the task, as it is now
   * @param line the line, cut to the length that a message can hold
   * @param regex the expression that the line matches
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
   * An experiment's code, or a person, has raised an alert.
   *
   * @param experiment the experiment that the alert is about, as it is now
   * @param trialId the trial that the alert is about, if it names one
   * @param alert the alert's content
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
   * @param trialId the trial's id
   * @param crossing the reported value, and the threshold that it crossed
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

package org.expmaster.webhook.payload;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.plugin.model.Task;
import org.expmaster.plugin.model.TaskLogLine;
import org.expmaster.webhook.event.Alert;
import org.expmaster.webhook.event.Crossing;
import org.expmaster.webhook.event.WebhookEvent;
import org.expmaster.webhook.registry.Trigger;

/** The documented experiment as it would look when a trigger fires: what a preview shows. */
final class SampleEvent {
  private static final long TRIAL = 1;

  private SampleEvent() {}

  static WebhookEvent of(Trigger trigger, UUID id, Instant at) {
    // a switch over the sealed types once Java 21 is the baseline
    if (trigger instanceof Trigger.StateChange change) {
      return new WebhookEvent.StateChanged(id, at, experiment(at, change.state()));
    }
    Experiment experiment = experiment(at, ExperimentState.RUNNING);
    if (trigger instanceof Trigger.TaskLog log) {
      Task task = new Task("1.1", "TRIAL", OptionalLong.of(1), OptionalLong.of(TRIAL));
      TaskLogLine line = new TaskLogLine(task, "node-1", "a line that matches", at);
      return new WebhookEvent.TaskLogMatched(id, at, Optional.of(experiment), line, log.regex());
    }
    if (trigger instanceof Trigger.MetricThreshold threshold) {
      Crossing crossing =
          new Crossing(
              threshold.metric(),
              threshold.value(),
              threshold.operator().sign(),
              threshold.value());
      return new WebhookEvent.MetricThreshold(id, at, experiment, TRIAL, crossing);
    }
    Alert alert = new Alert("the alert's title", "what it says", Alert.Level.INFO);
    return new WebhookEvent.CustomAlert(id, at, experiment, OptionalLong.of(TRIAL), alert);
  }

  private static Experiment experiment(Instant at, ExperimentState state) {
    Experiment documented = TestEvent.experiment(at);
    return new Experiment(
        documented.id(),
        documented.name(),
        state,
        documented.owner(),
        documented.startTime(),
        state.isFinal() ? Optional.of(at) : Optional.empty(),
        documented.resourcePool(),
        documented.slots(),
        documented.workspace(),
        documented.project(),
        documented.config());
  }
}

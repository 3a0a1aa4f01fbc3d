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

/** Creates a preview's event: the documented experiment as it would be when a trigger fires. */
final class SampleEvent implements Trigger.Visitor<WebhookEvent> {
  private static final long TRIAL = 1;

  private final UUID id;
  private final Instant at;

  private SampleEvent(UUID id, Instant at) {
    this.id = id;
    this.at = at;
  }

  static WebhookEvent of(Trigger trigger, UUID id, Instant at) {
    return trigger.accept(new SampleEvent(id, at));
  }

  @Override
  public WebhookEvent stateChange(Trigger.StateChange trigger) {
    return new WebhookEvent.StateChanged(id, at, experiment(trigger.state()));
  }

  @Override
  public WebhookEvent taskLog(Trigger.TaskLog trigger) {
    Task task = new Task("1.1", "TRIAL", OptionalLong.of(1), OptionalLong.of(TRIAL));
    TaskLogLine line = new TaskLogLine(task, "node-1", "a line that matches", at);
    return new WebhookEvent.TaskLogMatched(id, at, Optional.of(running()), line, trigger.regex());
  }

  @Override
  public WebhookEvent custom(Trigger.Custom trigger) {
    Alert alert = new Alert("the alert's title", "what it says", Alert.Level.INFO);
    return new WebhookEvent.CustomAlert(id, at, running(), OptionalLong.of(TRIAL), alert);
  }

  @Override
  public WebhookEvent metricThreshold(Trigger.MetricThreshold trigger) {
    Crossing crossing =
        new Crossing(trigger.metric(), trigger.value(), trigger.operator().sign(), trigger.value());
    return new WebhookEvent.MetricThreshold(id, at, running(), TRIAL, crossing);
  }

  private Experiment running() {
    return experiment(ExperimentState.RUNNING);
  }

  private Experiment experiment(ExperimentState state) {
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

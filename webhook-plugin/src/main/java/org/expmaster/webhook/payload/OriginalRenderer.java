package org.expmaster.webhook.payload;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.UUID;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.webhook.event.Crossing;
import org.expmaster.webhook.event.WebhookEvent;
import org.expmaster.webhook.event.WebhookEvent.CustomAlert;
import org.expmaster.webhook.event.WebhookEvent.MetricThreshold;
import org.expmaster.webhook.event.WebhookEvent.StateChanged;
import org.expmaster.webhook.event.WebhookEvent.TaskLogMatched;
import tools.jackson.databind.node.ObjectNode;

/**
 * Type Default, payload version 2: the payload of Determined 0.19.6 to 0.38.1, for receivers
 * written for those. They never sent a crossed threshold; its payload follows the same form.
 */
final class OriginalRenderer implements PayloadRenderer, WebhookEvent.Visitor<ObjectNode> {
  private static final String STATE_CHANGE = "EXPERIMENT_STATE_CHANGE";

  @Override
  public ObjectNode render(WebhookEvent event) {
    return event.accept(this);
  }

  @Override
  public ObjectNode stateChanged(StateChanged event) {
    return payload(event, STATE_CHANGE, state(event), experiment(event, OptionalLong.empty()));
  }

  @Override
  public ObjectNode taskLogMatched(TaskLogMatched event) {
    ObjectNode data = Json.object().set("task_log", EventData.taskLog(event));
    return payload(event, "TASK_LOG", Json.object().put("regex", event.regex()), data);
  }

  @Override
  public ObjectNode customAlert(CustomAlert event) {
    ObjectNode data = experiment(event, event.trialId());
    data.set("custom_data", EventData.alert(event.alert()));
    return payload(event, "CUSTOM", state(event), data);
  }

  @Override
  public ObjectNode metricThreshold(MetricThreshold event) {
    ObjectNode data = experiment(event, OptionalLong.of(event.trialId()));
    data.set("metric", EventData.metric(event.crossing()));
    return payload(event, "METRIC_THRESHOLD_EXCEEDED", condition(event.crossing()), data);
  }

  @Override
  public ObjectNode test(UUID id, Instant at) {
    WebhookEvent event = TestEvent.of(id, at);
    return payload(event, STATE_CHANGE, state(event), Json.object().put("data", "test"));
  }

  private static ObjectNode payload(
      WebhookEvent event, String type, ObjectNode condition, ObjectNode data) {
    ObjectNode payload = Json.object();
    payload.put("event_id", event.id().toString());
    payload.put("event_type", type);
    payload.put("timestamp", event.at().getEpochSecond());
    payload.set("condition", condition);
    payload.set("event_data", data);
    return payload;
  }

  private static ObjectNode state(WebhookEvent event) {
    return Json.object().put("state", event.subject().orElseThrow().state().name());
  }

  private static ObjectNode condition(Crossing crossing) {
    ObjectNode condition = Json.object().put("metric", crossing.metric());
    return Numbers.put(
        condition.put("operator", crossing.operator()), "value", crossing.threshold());
  }

  /** Returns event data that contains the event's experiment, if it has one. */
  private static ObjectNode experiment(WebhookEvent event, OptionalLong trialId) {
    ObjectNode data = Json.object();
    event
        .subject()
        .ifPresent(subject -> data.set("experiment", experiment(subject, event.at(), trialId)));
    return data;
  }

  private static ObjectNode experiment(Experiment experiment, Instant now, OptionalLong trialId) {
    ObjectNode node = Json.object();
    node.put("id", experiment.id());
    node.put("state", experiment.state().name());
    node.put("name", experiment.name());
    node.put("duration", experiment.duration(now).toSeconds());
    node.put("resource_pool", experiment.resourcePool());
    node.put("slots_per_trial", experiment.slots());
    node.put("workspace", experiment.workspace().name());
    node.put("project", experiment.project().name());
    trialId.ifPresent(id -> node.put("trial_id", id));
    return node;
  }
}

package org.expmaster.webhook.payload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.UUID;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.webhook.event.Crossing;
import org.expmaster.webhook.event.WebhookEvent;
import org.expmaster.webhook.event.WebhookEvent.CustomAlert;
import org.expmaster.webhook.event.WebhookEvent.MetricThreshold;
import org.expmaster.webhook.event.WebhookEvent.TaskLogMatched;

/**
 * Type Default, payload version 2: as Determined 0.19.6 to 0.38.1 sends it, for receivers that were
 * written against those. They never sent a crossed threshold; its form follows theirs.
 */
final class OriginalRenderer implements PayloadRenderer {
  @Override
  public ObjectNode render(WebhookEvent event) {
    ObjectNode data = Json.object();
    // a switch over the sealed types once Java 21 is the baseline
    if (event instanceof TaskLogMatched matched) {
      experiment(event, matched.line().task().trialId(), data);
      data.set("task_log", EventData.taskLog(matched));
      return payload(event, "TASK_LOG", Json.object().put("regex", matched.regex()), data);
    }
    if (event instanceof CustomAlert custom) {
      experiment(event, custom.trialId(), data);
      data.set("custom_data", EventData.alert(custom.alert()));
      return payload(event, "CUSTOM", state(event), data);
    }
    if (event instanceof MetricThreshold crossed) {
      experiment(event, OptionalLong.of(crossed.trialId()), data);
      data.set("metric", EventData.metric(crossed.crossing()));
      return payload(event, "METRIC_THRESHOLD_EXCEEDED", condition(crossed.crossing()), data);
    }
    experiment(event, OptionalLong.empty(), data);
    return payload(event, "EXPERIMENT_STATE_CHANGE", state(event), data);
  }

  @Override
  public ObjectNode test(UUID id, Instant at) {
    WebhookEvent event = TestEvent.of(id, at);
    return payload(
        event, "EXPERIMENT_STATE_CHANGE", state(event), Json.object().put("data", "test"));
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
    return Json.object()
        .put("metric", crossing.metric())
        .put("operator", crossing.operator())
        .put("value", crossing.threshold());
  }

  private static void experiment(WebhookEvent event, OptionalLong trialId, ObjectNode data) {
    if (event.subject().isEmpty()) {
      return;
    }
    Experiment experiment = event.subject().get();
    ObjectNode node = data.putObject("experiment");
    node.put("id", experiment.id());
    node.put("state", experiment.state().name());
    node.put("name", experiment.name());
    node.put("duration", experiment.duration(event.at()).toSeconds());
    node.put("resource_pool", experiment.resourcePool());
    node.put("slots_per_trial", experiment.slots());
    node.put("workspace", experiment.workspace().name());
    node.put("project", experiment.project().name());
    trialId.ifPresent(id -> node.put("trial_id", id));
  }
}

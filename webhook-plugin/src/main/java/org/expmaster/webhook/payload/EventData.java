package org.expmaster.webhook.payload;

import java.time.Instant;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.Ref;
import org.expmaster.webhook.event.Alert;
import org.expmaster.webhook.event.Crossing;
import org.expmaster.webhook.event.WebhookEvent;
import org.expmaster.webhook.event.WebhookEvent.CustomAlert;
import org.expmaster.webhook.event.WebhookEvent.MetricThreshold;
import org.expmaster.webhook.event.WebhookEvent.StateChanged;
import org.expmaster.webhook.event.WebhookEvent.TaskLogMatched;
import tools.jackson.databind.node.ObjectNode;

/** Builds {@code event_data} of payload version 1, and the parts that all versions share. */
final class EventData implements WebhookEvent.Visitor<ObjectNode> {
  private static final EventData DETAILS = new EventData();

  private EventData() {}

  static ObjectNode of(WebhookEvent event) {
    ObjectNode data = Json.object();
    event.subject().ifPresent(subject -> data.set("experiment", experiment(subject, event.at())));
    return data.setAll(event.accept(DETAILS));
  }

  /** Adds nothing: the experiment holds all data of a state change. */
  @Override
  public ObjectNode stateChanged(StateChanged event) {
    return Json.object();
  }

  @Override
  public ObjectNode taskLogMatched(TaskLogMatched event) {
    return Json.object().set("task_log", taskLog(event).put("regex", event.regex()));
  }

  @Override
  public ObjectNode customAlert(CustomAlert event) {
    return Json.object().set("custom_data", alert(event.alert()));
  }

  @Override
  public ObjectNode metricThreshold(MetricThreshold event) {
    return Json.object().set("metric", metric(event.crossing()).put("trial_id", event.trialId()));
  }

  static ObjectNode taskLog(TaskLogMatched matched) {
    return Json.object()
        .put("task_id", matched.line().task().id())
        .put("node_name", matched.line().node())
        .put("triggering_log", matched.line().text());
  }

  static ObjectNode alert(Alert alert) {
    return Json.object()
        .put("title", alert.title())
        .put("description", alert.description())
        .put("level", alert.level().name());
  }

  static ObjectNode metric(Crossing crossing) {
    ObjectNode metric = Json.object().put("name", crossing.metric());
    Numbers.put(metric, "value", crossing.value()).put("operator", crossing.operator());
    return Numbers.put(metric, "threshold", crossing.threshold());
  }

  private static ObjectNode experiment(Experiment experiment, Instant now) {
    ObjectNode node = Json.object();
    node.put("id", experiment.id());
    node.put("state", experiment.state().name());
    node.put("name", experiment.name());
    node.put("duration", experiment.duration(now).toSeconds());
    node.put("resource_pool", experiment.resourcePool());
    node.put("slots", experiment.slots());
    node.set("workspace", ref(experiment.workspace()));
    node.set("project", ref(experiment.project()));
    return node;
  }

  private static ObjectNode ref(Ref ref) {
    return Json.object().put("name", ref.name()).put("id", ref.id());
  }
}

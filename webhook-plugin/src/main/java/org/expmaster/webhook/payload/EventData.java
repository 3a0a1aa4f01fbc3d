package org.expmaster.webhook.payload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.Ref;
import org.expmaster.webhook.event.Alert;
import org.expmaster.webhook.event.Crossing;
import org.expmaster.webhook.event.WebhookEvent;
import org.expmaster.webhook.event.WebhookEvent.CustomAlert;
import org.expmaster.webhook.event.WebhookEvent.MetricThreshold;
import org.expmaster.webhook.event.WebhookEvent.TaskLogMatched;

/** {@code event_data} as version 1 has it, and what the versions have in common. */
final class EventData {
  private EventData() {}

  static ObjectNode of(WebhookEvent event) {
    ObjectNode data = Json.object();
    event.subject().ifPresent(subject -> data.set("experiment", experiment(subject, event.at())));
    // a switch over the sealed types once Java 21 is the baseline
    if (event instanceof TaskLogMatched matched) {
      data.set("task_log", taskLog(matched).put("regex", matched.regex()));
    } else if (event instanceof CustomAlert custom) {
      data.set("custom_data", alert(custom.alert()));
    } else if (event instanceof MetricThreshold crossed) {
      data.set("metric", metric(crossed.crossing()).put("trial_id", crossed.trialId()));
    }
    return data;
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
    return Json.object()
        .put("name", crossing.metric())
        .put("value", crossing.value())
        .put("operator", crossing.operator())
        .put("threshold", crossing.threshold());
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

package org.expmaster.webhook.payload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.Ref;
import org.expmaster.webhook.event.WebhookEvent;
import org.expmaster.webhook.event.WebhookEvent.CustomAlert;
import org.expmaster.webhook.event.WebhookEvent.MetricThreshold;
import org.expmaster.webhook.event.WebhookEvent.TaskLogMatched;

/** Type Default, payload version 1: the documented event payload, compact, keys in its order. */
final class DefaultRenderer implements PayloadRenderer {
  private final ObjectMapper mapper = new ObjectMapper();

  @Override
  public byte[] render(WebhookEvent event) {
    ObjectNode payload = mapper.createObjectNode();
    payload.put("event_id", event.id().toString());
    payload.put("event_type", event.type());
    payload.put("timestamp", event.at().getEpochSecond());
    ObjectNode data = payload.putObject("event_data");
    event.subject().ifPresent(subject -> data.set("experiment", experiment(subject, event.at())));
    details(event, data);
    try {
      // by way of text: straight to bytes, Jackson escapes what is beyond 16 bits, such as emoji.
      // Half a character becomes a question mark; many parsers would refuse its escape.
      return mapper.writeValueAsString(payload).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree of plain values is always writable", impossible);
    }
  }

  /** What the event has to say beside its experiment; of a change of state, nothing. */
  private static void details(WebhookEvent event, ObjectNode data) {
    // a switch over the sealed types once Java 21 is the baseline
    if (event instanceof TaskLogMatched matched) {
      ObjectNode log = data.putObject("task_log");
      log.put("task_id", matched.line().task().id());
      log.put("node_name", matched.line().node());
      log.put("triggering_log", matched.line().text());
      log.put("regex", matched.regex());
    } else if (event instanceof CustomAlert custom) {
      ObjectNode alert = data.putObject("custom_data");
      alert.put("title", custom.alert().title());
      alert.put("description", custom.alert().description());
      alert.put("level", custom.alert().level().name());
    } else if (event instanceof MetricThreshold crossed) {
      ObjectNode metric = data.putObject("metric");
      metric.put("name", crossed.crossing().metric());
      metric.put("value", crossed.crossing().value());
      metric.put("operator", crossed.crossing().operator());
      metric.put("threshold", crossed.crossing().threshold());
      metric.put("trial_id", crossed.trialId());
    }
  }

  private ObjectNode experiment(Experiment experiment, Instant now) {
    ObjectNode node = mapper.createObjectNode();
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

  private ObjectNode ref(Ref ref) {
    return mapper.createObjectNode().put("name", ref.name()).put("id", ref.id());
  }
}

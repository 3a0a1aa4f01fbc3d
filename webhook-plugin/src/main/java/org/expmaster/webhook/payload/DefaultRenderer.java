package org.expmaster.webhook.payload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.Ref;
import org.expmaster.webhook.event.WebhookEvent;

/** Type Default, payload version 1: the documented event payload, compact, keys in its order. */
final class DefaultRenderer implements PayloadRenderer {
  private final ObjectMapper mapper = new ObjectMapper();

  @Override
  public byte[] render(WebhookEvent event) {
    ObjectNode payload = mapper.createObjectNode();
    payload.put("event_id", event.id().toString());
    payload.put("event_type", event.type());
    payload.put("timestamp", event.at().getEpochSecond());
    payload.putObject("event_data").set("experiment", experiment(event.experiment(), event.at()));
    try {
      // by way of text: straight to bytes, Jackson escapes what is beyond 16 bits, such as emoji.
      // Half a character becomes a question mark; many parsers would refuse its escape.
      return mapper.writeValueAsString(payload).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree of plain values is always writable", impossible);
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

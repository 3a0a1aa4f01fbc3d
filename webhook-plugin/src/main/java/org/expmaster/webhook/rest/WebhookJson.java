package org.expmaster.webhook.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Response;
import org.expmaster.webhook.registry.Trigger;
import org.expmaster.webhook.registry.Trigger.StateChange;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.Webhook.StoredTrigger;

/** Webhooks as JSON: every field is written, in the names that Determined's clients read. */
final class WebhookJson {
  static final String TYPE_PREFIX = "WEBHOOK_TYPE_";
  static final String MODE_PREFIX = "WEBHOOK_MODE_";
  static final String STATE_CHANGE = "TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE";

  private final ObjectMapper mapper =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /**
   * @throws ApiException InvalidArgument, if the body is not one JSON object
   */
  RequestedWebhook read(byte[] body) {
    JsonNode document;
    try {
      document = mapper.readTree(body);
    } catch (JsonProcessingException malformed) {
      throw ApiException.invalid("the body is not valid JSON: " + malformed.getOriginalMessage());
    } catch (IOException notText) {
      // zero bytes look like UTF-32, whose decoder says so in its own way
      throw ApiException.invalid("the body is not valid JSON: its bytes are no text");
    }
    if (!(document instanceof ObjectNode object)) {
      throw ApiException.invalid("the body must be a JSON object: the webhook itself");
    }
    return new RequestedWebhook(object);
  }

  Response webhooks(List<Webhook> webhooks) {
    ArrayNode list = mapper.createArrayNode();
    webhooks.forEach(webhook -> list.add(node(webhook)));
    return write(mapper.createObjectNode().set("webhooks", list));
  }

  Response webhook(Webhook webhook) {
    return write(mapper.createObjectNode().set("webhook", node(webhook)));
  }

  Response completed() {
    return write(mapper.createObjectNode().put("completed", true));
  }

  Response empty() {
    return write(mapper.createObjectNode());
  }

  private Response write(JsonNode node) {
    try {
      return Response.json(mapper.writeValueAsBytes(node));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree of plain values is always writable", impossible);
    }
  }

  private ObjectNode node(Webhook webhook) {
    ObjectNode node = mapper.createObjectNode();
    node.put("id", webhook.id());
    node.put("url", webhook.url().toString());
    ArrayNode triggers = node.putArray("triggers");
    webhook.triggers().forEach(trigger -> triggers.add(node(trigger, webhook.id())));
    node.put("webhookType", TYPE_PREFIX + webhook.type());
    node.put("name", webhook.name());
    node.put("workspaceId", webhook.workspaceId().orElse(0));
    node.put("mode", MODE_PREFIX + webhook.mode());
    return node;
  }

  private ObjectNode node(StoredTrigger stored, long webhookId) {
    ObjectNode node = mapper.createObjectNode();
    node.put("id", stored.id());
    Trigger trigger = stored.trigger();
    if (trigger instanceof StateChange change) {
      node.put("triggerType", STATE_CHANGE);
      node.putObject("condition").put("state", change.state().name());
    }
    node.put("webhookId", webhookId);
    return node;
  }
}

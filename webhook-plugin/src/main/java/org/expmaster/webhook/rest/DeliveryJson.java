package org.expmaster.webhook.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.expmaster.webhook.outbox.Attempt;
import org.expmaster.webhook.outbox.Delivery;

/** Deliveries as JSON. */
final class DeliveryJson {
  private DeliveryJson() {}

  static ObjectNode of(Delivery delivery) {
    ObjectNode node = Json.empty();
    node.put("id", delivery.id());
    node.put("webhookId", delivery.webhookId());
    node.put("eventId", delivery.eventId());
    node.put("eventType", delivery.eventType());
    node.put("experimentId", delivery.experimentId());
    node.put("state", delivery.state().name());
    node.put("attempts", delivery.attempts());
    node.put("createdAt", delivery.created().toString());
    node.put("nextAttemptAt", WebhookJson.text(delivery.next()));
    node.put("endedAt", WebhookJson.text(delivery.ended()));
    node.put("reason", delivery.reason().orElse(""));
    return node;
  }

  static ObjectNode of(Delivery delivery, List<Attempt> attempts, byte[] body) {
    ObjectNode node = of(delivery);
    ArrayNode list = node.putArray("attemptLog");
    attempts.forEach(attempt -> list.add(of(attempt)));
    node.put("body", new String(body, UTF_8));
    return node;
  }

  private static ObjectNode of(Attempt attempt) {
    ObjectNode node = Json.empty();
    node.put("at", attempt.at().toString());
    if (attempt.status().isPresent()) {
      node.put("status", attempt.status().getAsInt());
    } else {
      node.putNull("status");
    }
    node.put("problem", attempt.problem());
    node.put("millis", attempt.took().toMillis());
    node.put("response", attempt.response().orElse(""));
    return node;
  }
}

package org.expmaster.webhook.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.expmaster.webhook.health.Health;
import org.expmaster.webhook.outbox.Attempt;
import org.expmaster.webhook.outbox.Delivery;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes deliveries as JSON. */
final class DeliveryJson {
  private DeliveryJson() {}

  /**
   * @param health the webhook's health; its pause may last longer than the delivery's own back-off
   */
  static ObjectNode of(Delivery delivery, Health health) {
    ObjectNode node = Json.empty();
    node.put("id", delivery.id());
    node.put("webhookId", delivery.webhookId());
    node.put("eventId", delivery.eventId());
    node.put("eventType", delivery.eventType());
    node.put("experimentId", delivery.experimentId());
    node.put("state", delivery.state().name());
    node.put("attempts", delivery.attempts());
    node.put("createdAt", delivery.created().toString());
    node.put("nextAttemptAt", WebhookJson.text(next(delivery, health)));
    node.put("endedAt", WebhookJson.text(delivery.ended()));
    node.put("reason", delivery.reason().orElse(""));
    return node;
  }

  private static Optional<Instant> next(Delivery delivery, Health health) {
    return delivery.next().map(due -> health.pausedUntil().filter(due::isBefore).orElse(due));
  }

  /**
   * @param hint says what an attempt means
   */
  static ObjectNode of(
      Delivery delivery,
      Health health,
      List<Attempt> attempts,
      Function<Attempt, String> hint,
      byte[] body) {
    ObjectNode node = of(delivery, health);
    ArrayNode list = node.putArray("attemptLog");
    attempts.forEach(attempt -> list.add(of(attempt).put("hint", hint.apply(attempt))));
    node.put("body", new String(body, UTF_8));
    return node;
  }

  /** Removes what the receiver and the master sent each other. */
  static void mask(ObjectNode delivery) {
    delivery.putNull("body");
    delivery.withArray("attemptLog").forEach(one -> ((ObjectNode) one).putNull("response"));
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

package org.expmaster.webhook.outbox;

import java.util.Objects;
import java.util.Optional;

/**
 * A delivery to be made.
 *
 * @param webhookId to whom
 * @param eventId the event's id, the same for every webhook and every attempt
 * @param experimentId the experiment it speaks of
 * @param body what to send
 * @param undeliverable why it can never be sent; it is then kept as given up
 */
public record NewDelivery(
    long webhookId,
    String eventId,
    long experimentId,
    byte[] body,
    Optional<String> undeliverable) {
  public NewDelivery {
    Objects.requireNonNull(eventId, "eventId");
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(undeliverable, "undeliverable");
  }
}

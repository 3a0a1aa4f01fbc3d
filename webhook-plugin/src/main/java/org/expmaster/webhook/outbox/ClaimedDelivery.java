package org.expmaster.webhook.outbox;

import java.util.Objects;

/**
 * A delivery that is ours to send until the lease runs out.
 *
 * @param id the row
 * @param lease which claim of the row this is; recording is refused once a later one exists
 * @param attempts how often sending it has failed before
 * @param body what to send; do not change it
 */
public record ClaimedDelivery(
    long id,
    long lease,
    long webhookId,
    String eventId,
    long experimentId,
    int attempts,
    byte[] body) {
  public ClaimedDelivery {
    Objects.requireNonNull(eventId, "eventId");
    Objects.requireNonNull(body, "body");
  }
}

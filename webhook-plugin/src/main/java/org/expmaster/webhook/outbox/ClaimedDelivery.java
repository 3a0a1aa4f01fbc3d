package org.expmaster.webhook.outbox;

import java.time.Instant;
import java.util.Objects;

/**
 * A delivery that is ours to send until the lease runs out.
 *
 * @param id its event's row, the same for every webhook that is told of it in the same form
 * @param lease which claim of the row this is; recording is refused once it has ended
 * @param created when the event was written
 * @param attempts how many attempts have ended
 * @param failures how many have failed since it was created or asked for again
 * @param contentType in which form the body is, as HTTP names it
 * @param body what to send, shared with the event's other deliveries; do not change it
 */
public record ClaimedDelivery(
    long id,
    long lease,
    long webhookId,
    Instant created,
    String eventId,
    long experimentId,
    int attempts,
    int failures,
    String contentType,
    byte[] body) {
  public ClaimedDelivery {
    Objects.requireNonNull(created, "created");
    Objects.requireNonNull(eventId, "eventId");
    Objects.requireNonNull(contentType, "contentType");
    Objects.requireNonNull(body, "body");
  }

  /** The same without its body, for who remembers it for long. */
  public ClaimedDelivery withoutBody() {
    return new ClaimedDelivery(
        id,
        lease,
        webhookId,
        created,
        eventId,
        experimentId,
        attempts,
        failures,
        contentType,
        new byte[0]);
  }
}

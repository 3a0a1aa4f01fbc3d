package org.expmaster.webhook.outbox;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A delivery that only this master may send until the lease ends.
 *
 * @param id the id of its event's row, the same for all webhooks that get the same body
 * @param lease the number of this claim; once the row has another, recording is refused
 * @param created when the event was written
 * @param eventType the kind of event, one of a few short names
 * @param attempts the number of attempts that have ended
 * @param failures the number of failed attempts since it was created or last redelivered
 * @param contentType the media type of the body, as in the HTTP header
 * @param traceparent the span in which the event happened; empty if nobody traces
 * @param body the payload, shared with the event's other deliveries; must not be changed
 */
public record ClaimedDelivery(
    long id,
    long lease,
    long webhookId,
    Instant created,
    String eventId,
    String eventType,
    long experimentId,
    int attempts,
    int failures,
    String contentType,
    Optional<String> traceparent,
    byte[] body) {
  public ClaimedDelivery {
    Objects.requireNonNull(created, "created");
    Objects.requireNonNull(eventId, "eventId");
    Objects.requireNonNull(eventType, "eventType");
    Objects.requireNonNull(contentType, "contentType");
    Objects.requireNonNull(traceparent, "traceparent");
    Objects.requireNonNull(body, "body");
  }

  /** Returns a copy without the body, to be kept for long in little memory. */
  public ClaimedDelivery withoutBody() {
    return new ClaimedDelivery(
        id,
        lease,
        webhookId,
        created,
        eventId,
        eventType,
        experimentId,
        attempts,
        failures,
        contentType,
        traceparent,
        new byte[0]);
  }
}

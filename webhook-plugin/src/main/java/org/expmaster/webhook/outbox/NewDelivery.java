package org.expmaster.webhook.outbox;

import java.util.Objects;
import java.util.Optional;

/**
 * A delivery to be written to the outbox.
 *
 * @param eventId the event's id, the same for every webhook and every attempt
 * @param eventType the kind of event, shown to users
 * @param experimentId the experiment that the event is about, or {@link #NO_EXPERIMENT}
 * @param contentType the media type of the body, as in the HTTP header
 * @param body the payload
 * @param traceparent the span in which the event happened; empty if nobody traces
 */
public record NewDelivery(
    long webhookId,
    String eventId,
    String eventType,
    long experimentId,
    String contentType,
    byte[] body,
    Optional<String> traceparent) {
  /** The event is about a task that belongs to no experiment. */
  public static final long NO_EXPERIMENT = 0;

  /** Creates a delivery of an event that nobody traces. */
  public NewDelivery(
      long webhookId,
      String eventId,
      String eventType,
      long experimentId,
      String contentType,
      byte[] body) {
    this(webhookId, eventId, eventType, experimentId, contentType, body, Optional.empty());
  }

  public NewDelivery {
    Objects.requireNonNull(eventId, "eventId");
    Objects.requireNonNull(eventType, "eventType");
    Objects.requireNonNull(contentType, "contentType");
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(traceparent, "traceparent");
  }
}

package org.expmaster.webhook.outbox;

import java.util.Objects;

/**
 * A delivery to be written to the outbox.
 *
 * @param eventId the event's id, the same for every webhook and every attempt
 * @param eventType the kind of event, shown to users
 * @param experimentId the experiment that the event is about, or {@link #NO_EXPERIMENT}
 * @param contentType the media type of the body, as in the HTTP header
 * @param body the payload
 */
public record NewDelivery(
    long webhookId,
    String eventId,
    String eventType,
    long experimentId,
    String contentType,
    byte[] body) {
  /** The event is about a task that belongs to no experiment. */
  public static final long NO_EXPERIMENT = 0;

  public NewDelivery {
    Objects.requireNonNull(eventId, "eventId");
    Objects.requireNonNull(eventType, "eventType");
    Objects.requireNonNull(contentType, "contentType");
    Objects.requireNonNull(body, "body");
  }
}

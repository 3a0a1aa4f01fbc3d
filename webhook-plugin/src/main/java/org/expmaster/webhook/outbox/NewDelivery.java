package org.expmaster.webhook.outbox;

import java.util.Objects;

/**
 * A delivery to be made.
 *
 * @param webhookId to whom
 * @param eventId the event's id, the same for every webhook and every attempt
 * @param eventType what kind of event it tells of, for people who look it up
 * @param experimentId the experiment it speaks of, or {@link #NO_EXPERIMENT}
 * @param contentType in which form the body is, as HTTP names it
 * @param body what to send
 */
public record NewDelivery(
    long webhookId,
    String eventId,
    String eventType,
    long experimentId,
    String contentType,
    byte[] body) {
  /** It speaks of no experiment, but of a task that belongs to none. */
  public static final long NO_EXPERIMENT = 0;

  public NewDelivery {
    Objects.requireNonNull(eventId, "eventId");
    Objects.requireNonNull(eventType, "eventType");
    Objects.requireNonNull(contentType, "contentType");
    Objects.requireNonNull(body, "body");
  }
}

package org.expmaster.webhook.outbox;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A delivery as people look at it.
 *
 * @param attempts how many attempts have ended
 * @param next when it is tried next, or, while it is under way, when its lease ends; empty once it
 *     has ended
 * @param ended when it ended; empty while it waits
 * @param reason why it is dead, if not because its last attempt failed
 */
public record Delivery(
    long id,
    long webhookId,
    String eventId,
    String eventType,
    long experimentId,
    Instant created,
    DeliveryState state,
    int attempts,
    Optional<Instant> next,
    Optional<Instant> ended,
    Optional<String> reason) {
  public Delivery {
    Objects.requireNonNull(eventId, "eventId");
    Objects.requireNonNull(eventType, "eventType");
    Objects.requireNonNull(created, "created");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(next, "next");
    Objects.requireNonNull(ended, "ended");
    Objects.requireNonNull(reason, "reason");
  }

  /** Where it stands among the webhook's. */
  public Position position() {
    return new Position(created, id);
  }
}

package org.expmaster.webhook.outbox;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A delivery as shown to users.
 *
 * @param attempts the number of attempts that have ended
 * @param next when the next attempt is due or, during an attempt, when the lease ends; empty once
 *     the delivery has ended
 * @param ended when it ended; empty while it waits
 * @param reason why it is dead; empty if it is not dead, or if its last attempt failed
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

  /** Returns its position among the webhook's deliveries. */
  public Position position() {
    return new Position(created, id);
  }
}

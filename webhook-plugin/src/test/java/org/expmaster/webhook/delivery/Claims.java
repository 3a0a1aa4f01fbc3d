package org.expmaster.webhook.delivery;

import java.time.Instant;
import java.util.Optional;
import org.expmaster.webhook.outbox.ClaimedDelivery;

/** Makes claimed deliveries that no outbox has. */
final class Claims {
  private Claims() {}

  static ClaimedDelivery of(long id, long webhookId, String eventId, byte[] body) {
    return new ClaimedDelivery(
        id,
        1,
        webhookId,
        Instant.EPOCH,
        eventId,
        "custom",
        1,
        0,
        0,
        "text/plain",
        Optional.empty(),
        body);
  }
}

package org.expmaster.webhook.delivery;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.expmaster.webhook.outbox.ClaimedDelivery;

/**
 * Sign → send, as far as the bulkheads let it. What finds no place stands by, and begins on the
 * sender's thread the moment a request to the same webhook has ended well: the wire need not wait
 * for the database. Any thread may use it.
 */
final class Dispatcher {
  private static final int MAX_PAYLOAD_BYTES = 256 * 1024;

  private final DeliveryParts parts;
  private final Bulkheads bulkheads;
  private final Listener listener;

  /** Is told, from any thread, how each delivery ended; must return at once. */
  @FunctionalInterface
  interface Listener {
    void ended(ClaimedDelivery claim, Outcome outcome);
  }

  Dispatcher(DeliveryParts parts, Bulkheads bulkheads, Listener listener) {
    this.parts = parts;
    this.bulkheads = bulkheads;
    this.listener = listener;
  }

  /**
   * Sends now or when a place is free.
   *
   * @param limit how many requests may be under way to its webhook
   */
  void send(ClaimedDelivery claim, int limit) {
    if (bulkheads.enter(claim, limit, parts.clock().instant())) {
      begin(claim);
    }
  }

  /** Sends what stands by and has a place now. */
  void sendStandBy(long webhookId, int limit) {
    bulkheads.enterStandBy(webhookId, limit).forEach(this::begin);
  }

  private void begin(ClaimedDelivery claim) {
    Optional<Target> target = parts.targets().find(claim.webhookId());
    if (target.isEmpty()) {
      end(claim, new Outcome.Unanswered(Outcome.Kind.CUT_SHORT, Duration.ZERO));
      return;
    }
    if (claim.body().length > MAX_PAYLOAD_BYTES) {
      end(claim, new Outcome.Unanswered(Outcome.Kind.TOO_LARGE, Duration.ZERO));
      return;
    }
    Map<String, String> headers = parts.signer().get().headers(claim.eventId(), claim.body());
    parts
        .sender()
        .send(
            new OutgoingRequest(target.get().url(), claim.contentType(), headers, claim.body()),
            outcome -> end(claim, outcome));
  }

  private void end(ClaimedDelivery claim, Outcome outcome) {
    Optional<ClaimedDelivery> next = Optional.empty();
    if (outcome.succeeded()) {
      next = bulkheads.handOn(claim.webhookId());
    } else {
      bulkheads.leave(claim.webhookId());
    }
    listener.ended(claim, outcome);
    next.ifPresent(this::begin);
  }
}

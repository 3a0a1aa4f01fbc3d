package org.expmaster.webhook.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.expmaster.webhook.outbox.ClaimedDelivery;
import org.expmaster.webhook.outbox.Result;

/**
 * Deliveries that have ended, but whose end the database refuses to store in any form. They are not
 * sent again. Confined to the loop's thread.
 */
final class RefusedEnds {
  /** A delivery that is not claimed again for this long has been ended elsewhere. */
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private final Clock clock;
  private final Map<Key, Refusal> refusals = new LinkedHashMap<>();

  RefusedEnds(Clock clock) {
    this.clock = clock;
  }

  private record Key(long webhookId, long id) {
    static Key of(ClaimedDelivery claim) {
      return new Key(claim.webhookId(), claim.id());
    }
  }

  private record Refusal(Result result, Instant at) {}

  void add(Result result) {
    refusals.put(Key.of(result.claim()), new Refusal(result, clock.instant()));
  }

  /** Returns how the delivery ended; empty if the database has not refused that. */
  Optional<Result> of(ClaimedDelivery claim) {
    return refusals.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(refusals.get(Key.of(claim))).map(Refusal::result);
  }

  void remove(ClaimedDelivery claim) {
    if (!refusals.isEmpty()) {
      refusals.remove(Key.of(claim));
    }
  }

  void forgetOld() {
    Instant longAgo = clock.instant().minus(REMEMBERED);
    refusals.values().removeIf(refusal -> refusal.at().isBefore(longAgo));
  }

  /** Returns what is refused, as text; empty if nothing is. */
  Optional<String> described() {
    return refusals.keySet().stream()
        .findFirst()
        .map(
            first ->
                "the database refuses that %d deliveries have ended, such as delivery %d to webhook %d"
                    .formatted(refusals.size(), first.id(), first.webhookId()));
  }
}

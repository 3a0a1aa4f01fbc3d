package org.expmaster.webhook.delivery;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.expmaster.webhook.outbox.ClaimedDelivery;

/**
 * How many requests are under way, in all and for each webhook, and what stands by to take the
 * place of the next one that ends. Any thread may use it.
 */
final class Bulkheads {
  private final int maxInAll;
  private final Map<Long, Bulkhead> bulkheads = new HashMap<>();
  private int inAll;

  private static final class Bulkhead {
    private final Deque<StandBy> standBy = new ArrayDeque<>();
    private int inFlight;
  }

  private record StandBy(ClaimedDelivery claim, Instant since) {}

  Bulkheads(int maxInAll) {
    this.maxInAll = maxInAll;
  }

  /** Takes a place for a request, if there is one; otherwise the delivery stands by. */
  synchronized boolean enter(ClaimedDelivery claim, int limit, Instant now) {
    Bulkhead bulkhead = bulkheads.computeIfAbsent(claim.webhookId(), id -> new Bulkhead());
    if (bulkhead.standBy.isEmpty() && hasPlace(bulkhead, limit)) {
      take(bulkhead);
      return true;
    }
    bulkhead.standBy.add(new StandBy(claim, now));
    return false;
  }

  /** A request has ended well: what stands by, if anything does, takes its place. */
  synchronized Optional<ClaimedDelivery> handOn(long webhookId) {
    StandBy next = bulkheads.get(webhookId).standBy.poll();
    if (next == null) {
      leave(webhookId);
      return Optional.empty();
    }
    return Optional.of(next.claim());
  }

  /** A request has ended. */
  synchronized void leave(long webhookId) {
    bulkheads.get(webhookId).inFlight--;
    inAll--;
    forgetIfIdle(webhookId);
  }

  /** Takes places for what stands by, as far as there are any. */
  synchronized List<ClaimedDelivery> enterStandBy(long webhookId, int limit) {
    List<ClaimedDelivery> entered = new ArrayList<>();
    Bulkhead bulkhead = bulkheads.get(webhookId);
    while (bulkhead != null && !bulkhead.standBy.isEmpty() && hasPlace(bulkhead, limit)) {
      entered.add(bulkhead.standBy.remove().claim());
      take(bulkhead);
    }
    return entered;
  }

  /** Takes away what has stood by since then or longer. */
  synchronized List<ClaimedDelivery> withdraw(long webhookId, Instant since) {
    List<ClaimedDelivery> withdrawn = new ArrayList<>();
    Bulkhead bulkhead = bulkheads.get(webhookId);
    while (bulkhead != null
        && !bulkhead.standBy.isEmpty()
        && !bulkhead.standBy.peek().since().isAfter(since)) {
      withdrawn.add(bulkhead.standBy.remove().claim());
    }
    forgetIfIdle(webhookId);
    return withdrawn;
  }

  /** The webhooks for which something stands by. */
  synchronized Set<Long> withStandBy() {
    Set<Long> found = new LinkedHashSet<>();
    bulkheads.forEach(
        (webhookId, bulkhead) -> {
          if (!bulkhead.standBy.isEmpty()) {
            found.add(webhookId);
          }
        });
    return found;
  }

  /** How many more requests may be under way in all. */
  synchronized int left() {
    return maxInAll - inAll;
  }

  /** How many deliveries of a webhook are under way or stand by. */
  synchronized int held(long webhookId) {
    Bulkhead bulkhead = bulkheads.get(webhookId);
    return bulkhead == null ? 0 : bulkhead.inFlight + bulkhead.standBy.size();
  }

  private boolean hasPlace(Bulkhead bulkhead, int limit) {
    return bulkhead.inFlight < limit && inAll < maxInAll;
  }

  private void take(Bulkhead bulkhead) {
    bulkhead.inFlight++;
    inAll++;
  }

  private void forgetIfIdle(long webhookId) {
    bulkheads.computeIfPresent(
        webhookId,
        (id, bulkhead) -> bulkhead.inFlight == 0 && bulkhead.standBy.isEmpty() ? null : bulkhead);
  }
}

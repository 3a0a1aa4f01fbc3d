package org.expmaster.webhook.delivery;

import java.util.HashMap;
import java.util.Map;

/** How many requests are under way, in all and for each webhook. Confined to the delivery loop. */
final class Bulkheads {
  private final int maxInAll;
  private final Map<Long, Integer> inFlight = new HashMap<>();
  private int inAll;

  Bulkheads(int maxInAll) {
    this.maxInAll = maxInAll;
  }

  /** One more request is under way. */
  void enter(long webhookId) {
    inFlight.merge(webhookId, 1, Integer::sum);
    inAll++;
  }

  /** One request has ended. */
  void leave(long webhookId) {
    inFlight.computeIfPresent(webhookId, (id, count) -> count == 1 ? null : count - 1);
    inAll--;
  }

  int inAll() {
    return inAll;
  }

  /** How many more requests may be under way in all. */
  int left() {
    return maxInAll - inAll;
  }

  /** How many requests are under way to a webhook. */
  int inFlight(long webhookId) {
    return inFlight.getOrDefault(webhookId, 0);
  }
}

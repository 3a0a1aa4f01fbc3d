package org.expmaster.webhook.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.expmaster.webhook.outbox.ClaimedDelivery;

/** An outbox in memory, in which everything is due. */
final class SimulatedOutbox {
  private final Map<Long, Deque<ClaimedDelivery>> due = new LinkedHashMap<>();
  private long lastId;

  /** Adds a delivery and returns its id. */
  long add(long webhookId) {
    long id = ++lastId;
    String event = webhookId + " " + id;
    of(webhookId).add(Claims.of(id, webhookId, event, new byte[0]));
    return id;
  }

  void putBack(ClaimedDelivery claim) {
    of(claim.webhookId()).addFirst(claim);
  }

  List<ClaimedDelivery> claim(long webhookId, int room) {
    List<ClaimedDelivery> claims = new ArrayList<>();
    Deque<ClaimedDelivery> waiting = due.getOrDefault(webhookId, new ArrayDeque<>());
    while (claims.size() < room && !waiting.isEmpty()) {
      claims.add(waiting.remove());
    }
    if (waiting.isEmpty()) {
      due.remove(webhookId);
    }
    return claims;
  }

  boolean isDue(long webhookId) {
    return due.containsKey(webhookId);
  }

  /** Returns the webhooks with deliveries to claim. */
  Set<Long> due() {
    return Set.copyOf(due.keySet());
  }

  /** Returns the number of deliveries to claim. */
  int waiting() {
    return due.values().stream().mapToInt(Deque::size).sum();
  }

  private Deque<ClaimedDelivery> of(long webhookId) {
    return due.computeIfAbsent(webhookId, any -> new ArrayDeque<>());
  }
}

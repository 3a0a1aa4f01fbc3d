package org.expmaster.webhook.delivery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.expmaster.webhook.outbox.Room;

/**
 * How many requests are under way, in all and for each webhook, and how many more may be. Confined
 * to the delivery loop.
 */
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

  /** What these webhooks have room for, first come first served, within what is left in all. */
  List<Room> rooms(Collection<Target> targets, int atMost) {
    List<Room> rooms = new ArrayList<>();
    int left = Math.min(maxInAll - inAll, atMost);
    for (Target target : targets) {
      int room = target.maxInFlight() - inFlight.getOrDefault(target.webhookId(), 0);
      int granted = Math.min(room, left);
      if (granted > 0) {
        rooms.add(new Room(target.webhookId(), granted));
        left -= granted;
      }
    }
    return rooms;
  }
}

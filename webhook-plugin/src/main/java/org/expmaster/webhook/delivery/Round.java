package org.expmaster.webhook.delivery;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.expmaster.webhook.outbox.Claim;
import org.expmaster.webhook.outbox.HeldBodies;

/**
 * The webhooks for which something is due or stands by, and whose turn it is. Places go round, one
 * to each webhook before anyone's second; those that have nothing under way go first. The lanes
 * take turns, so that neither holds up the other.
 *
 * <p>A webhook that cannot have a place on its own account (its limit is reached, it is paused, it
 * is not known) is set aside until one of its requests ends, something new is due or the next poll.
 * So a turn costs what it grants, however many webhooks wait. Confined to the delivery loop.
 */
final class Round {
  /** What one transaction claims at most: enough to share its cost, not enough to hold it long. */
  private static final int BATCH = 500;

  /** So few that a turn is short, and a thousand that hang hold up nobody while they are sent. */
  private static final int SLOW_BATCH = 50;

  /** Room for more than has just arrived, or the pace could never grow. */
  private static final int AHEAD = 2;

  private final Bulkheads bulkheads;
  private final ConcurrencyLimit limit;
  private final HeldBodies held;

  /** Those that go first, by the lane of their next request. */
  private final Map<Lane, Queue> first = new EnumMap<>(Lane.class);

  /** Those that come after them. */
  private final Map<Lane, Queue> then = new EnumMap<>(Lane.class);

  private final Queue aside = new Queue();

  /** Those for whose bodies there is no memory. */
  private final Queue forMemory = new Queue();

  /** In which of these each one is. */
  private final Map<Long, Queue> where = new HashMap<>();

  /** Webhooks, the one that has waited longest first. */
  private static final class Queue {
    private final Set<Long> webhooks = new LinkedHashSet<>();
  }

  Round(Bulkheads bulkheads, ConcurrencyLimit limit, HeldBodies held) {
    this.bulkheads = bulkheads;
    this.limit = limit;
    this.held = held;
    for (Lane lane : Lane.values()) {
      first.put(lane, new Queue());
      then.put(lane, new Queue());
    }
  }

  /** Something may be due for this webhook. */
  void add(long webhookId) {
    Queue in = where.get(webhookId);
    if (in == null || in == aside || in == forMemory) {
      put(webhookId, queue(bulkheads.holding(webhookId)));
    }
  }

  /** One of its requests has ended. */
  void ended(long webhookId) {
    if (where.containsKey(webhookId)) {
      put(webhookId, queue(bulkheads.holding(webhookId)));
    }
  }

  /** Something stands by for it: it stays in the round until that is gone. */
  void standsBy(long webhookId) {
    if (!where.containsKey(webhookId)) {
      put(webhookId, aside);
    }
  }

  /** It is out of the round, until something is due again. */
  void remove(long webhookId) {
    Queue in = where.remove(webhookId);
    if (in != null) {
      in.webhooks.remove(webhookId);
    }
  }

  /**
   * Time has passed, and may have changed what kept a webhook aside.
   *
   * @param due all webhooks for which something is due
   */
  void poll(Set<Long> due) {
    for (long webhookId : List.copyOf(aside.webhooks)) {
      if (!due.contains(webhookId) && bulkheads.holding(webhookId).standingBy() == 0) {
        remove(webhookId);
      }
    }
    due.forEach(this::add);
    List.copyOf(aside.webhooks).forEach(this::add);
  }

  /**
   * Whether a place is free in a lane for which someone waits, or memory is for whom it was not.
   */
  boolean couldGrant() {
    if (!held.isFull() && !forMemory.webhooks.isEmpty()) {
      return true;
    }
    for (Lane lane : Lane.values()) {
      if (someoneWaits(lane) && bulkheads.free(lane) > 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Grants what is free. A webhook gets as many places as there are and, beyond that, may claim
   * what it will have sent by the next turn, to judge by how many have arrived since the last one:
   * none, if it hangs.
   */
  List<Deal.Grant> grants(Map<Long, Integer> arrived) {
    if (!held.isFull()) {
      List.copyOf(forMemory.webhooks).forEach(id -> put(id, queue(bulkheads.holding(id))));
    }
    Deal deal = new Deal(bulkheads, BATCH, SLOW_BATCH);
    Set<Lane> open = EnumSet.allOf(Lane.class);
    while (!open.isEmpty()) {
      open.removeIf(lane -> !deal.isOpen(lane) || !dealNext(deal, lane, arrived));
    }
    List<Deal.Grant> grants = deal.grants();
    tellWhoWaits(deal);
    Set<Long> unsatisfied = deal.unsatisfied();
    for (Deal.Grant grant : grants) {
      long webhookId = grant.webhookId();
      Lane lane = bulkheads.holding(webhookId).lane();
      put(webhookId, unsatisfied.contains(webhookId) ? then.get(lane) : aside);
    }
    return grants;
  }

  /**
   * A webhook that did not fill its room has nothing more due, if it was not for lack of memory.
   */
  void claimed(List<Deal.Grant> grants, Claim claim) {
    Map<Long, Integer> counts = new HashMap<>();
    claim.deliveries().forEach(claimed -> counts.merge(claimed.webhookId(), 1, Integer::sum));
    for (Deal.Grant grant : grants) {
      long webhookId = grant.webhookId();
      if (claim.cutShort().contains(webhookId)) {
        put(webhookId, held.isFull() ? forMemory : aside);
      } else if (counts.getOrDefault(webhookId, 0) < grant.toClaim()) {
        remove(webhookId);
        if (bulkheads.holding(webhookId).standingBy() > 0) {
          standsBy(webhookId);
        }
      }
    }
  }

  /** Deals to the next webhook that may have a place; says whether there was one. */
  private boolean dealNext(Deal deal, Lane lane, Map<Long, Integer> arrived) {
    for (Queue queue : List.of(first.get(lane), then.get(lane))) {
      while (!queue.webhooks.isEmpty()) {
        long webhookId = queue.webhooks.iterator().next();
        Bulkheads.Holding holding = bulkheads.holding(webhookId);
        if (holding.lane() != lane) {
          put(webhookId, queue(holding));
          continue;
        }
        boolean hasRoom = held.hasRoomFor(webhookId);
        int now = limit.of(webhookId);
        int ahead = hasRoom ? Math.min(now, AHEAD * arrived.getOrDefault(webhookId, 0)) : 0;
        int places = now - holding.underWay();
        // what stands by is in memory already
        int possible = hasRoom ? places : Math.min(places, holding.standingBy());
        if (deal.add(webhookId, holding, possible, ahead)) {
          remove(webhookId);
          return true;
        }
        put(webhookId, held.isFull() ? forMemory : aside);
      }
    }
    return false;
  }

  private void tellWhoWaits(Deal deal) {
    Set<Lane> crowded = EnumSet.noneOf(Lane.class);
    for (Lane lane : Lane.values()) {
      if (someoneWaits(lane) && !deal.isOpen(lane)) {
        crowded.add(lane);
      }
    }
    bulkheads.crowded(crowded);
  }

  private boolean someoneWaits(Lane lane) {
    return !first.get(lane).webhooks.isEmpty() || !then.get(lane).webhooks.isEmpty();
  }

  /**
   * With nothing under way. In the young lane only as long as it was not slow: those that are now
   * and then could otherwise hold up those that never are.
   */
  private static boolean goesFirst(Bulkheads.Holding holding) {
    return holding.underWay() == 0 && (holding.lane() == Lane.SLOW || holding.steady());
  }

  private Queue queue(Bulkheads.Holding holding) {
    return (goesFirst(holding) ? first : then).get(holding.lane());
  }

  private void put(long webhookId, Queue into) {
    Queue from = where.put(webhookId, into);
    if (from != into) {
      if (from != null) {
        from.webhooks.remove(webhookId);
      }
      into.webhooks.add(webhookId);
    }
  }
}

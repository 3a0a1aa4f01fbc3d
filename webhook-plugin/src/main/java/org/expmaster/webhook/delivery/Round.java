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
 * Grants places round-robin to the webhooks that have deliveries due or standing by. Every webhook
 * gets one place before any gets a second, and webhooks with no request in flight come first. The
 * lanes take turns, so that neither delays the other.
 *
 * <p>A webhook that cannot use a place (it has reached its limit, is paused or is unknown) is set
 * aside until one of its requests ends, something new is due, or the next poll. So the cost of a
 * turn depends on what it grants, not on how many webhooks wait. Confined to the loop's thread.
 */
final class Round {
  /** The most that one transaction claims: enough to share its cost, but not to make it long. */
  private static final int BATCH = 500;

  /** Few, so that a turn is short: sending to a thousand that hang must not delay the others. */
  private static final int SLOW_BATCH = 50;

  /** How many to claim ahead per recent success; at 1, the rate could never grow. */
  private static final int AHEAD = 2;

  private final Bulkheads bulkheads;
  private final ConcurrencyLimit limit;
  private final HeldBodies held;

  /** Webhooks that go first, by the lane of their next request. */
  private final Map<Lane, Queue> first = new EnumMap<>(Lane.class);

  /** Webhooks that come after them. */
  private final Map<Lane, Queue> then = new EnumMap<>(Lane.class);

  private final Queue aside = new Queue();

  /** Webhooks for whose deliveries there is no memory. */
  private final Queue forMemory = new Queue();

  /** The queue that each webhook is in. */
  private final Map<Long, Queue> where = new HashMap<>();

  /** Webhooks, longest waiting first. */
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

  /** Adds a webhook that may have something due. */
  void add(long webhookId) {
    Queue in = where.get(webhookId);
    if (in == null || in == aside || in == forMemory) {
      put(webhookId, queue(bulkheads.holding(webhookId)));
    }
  }

  /** Reconsiders a webhook after one of its requests has ended. */
  void ended(long webhookId) {
    if (where.containsKey(webhookId)) {
      put(webhookId, queue(bulkheads.holding(webhookId)));
    }
  }

  /** Keeps a webhook in the round while something stands by for it. */
  void standsBy(long webhookId) {
    if (!where.containsKey(webhookId)) {
      put(webhookId, aside);
    }
  }

  /** Removes a webhook until something is due again. */
  void remove(long webhookId) {
    Queue in = where.remove(webhookId);
    if (in != null) {
      in.webhooks.remove(webhookId);
    }
  }

  /**
   * Reconsiders webhooks that were set aside, since time alone may have changed the reason.
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
   * Returns whether a lane in which webhooks wait has a free place, or webhooks that waited for
   * memory can continue.
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
   * Grants the free places. Beyond its places, a webhook may claim what it will probably have sent
   * by the next turn. This is estimated from the deliveries that have succeeded since the last
   * turn, so a webhook that hangs claims none ahead.
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

  /** Removes the webhooks that had less due than granted, unless memory was short. */
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

  /** Adds the next webhook that may have a place to the deal; returns whether there was one. */
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
        // the bodies of deliveries standing by are in memory already
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
   * Webhooks with no request in flight go first. In the young lane they must also be steady, as
   * those that are slow now and then could otherwise delay those that never are.
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

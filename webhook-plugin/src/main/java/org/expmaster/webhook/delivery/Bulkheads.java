package org.expmaster.webhook.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.expmaster.webhook.outbox.ClaimedDelivery;

/**
 * Tracks the requests in flight by lane and webhook, and the claimed deliveries that stand by: they
 * wait in memory for the place of a request that ends. Thread-safe.
 */
final class Bulkheads {
  private final Lanes lanes;
  private final LongSupplier nanos;
  private final Map<Long, Bulkhead> bulkheads = new HashMap<>();
  private final SlowHistory history = new SlowHistory();

  /** All deliveries standing by, longest first. */
  private final Set<Sending> standBy = new LinkedHashSet<>();

  private final Set<Lane> crowded = EnumSet.noneOf(Lane.class);

  /**
   * One webhook's use of the bulkheads.
   *
   * @param lane the lane in which its next request begins
   * @param steady whether none of its requests was slow within the last hour
   * @param standingBy the number of deliveries standing by
   */
  record Holding(Lane lane, boolean steady, int underWay, int standingBy) {}

  /**
   * @param nanos a monotonic clock, such as {@link System#nanoTime}
   */
  Bulkheads(int maxYoung, int maxSlow, LongSupplier nanos) {
    this.lanes = new Lanes(maxYoung, maxSlow);
    this.nanos = nanos;
  }

  /**
   * Takes a place if one is free and none of the webhook's deliveries stands by; else stands by.
   *
   * @param limit the maximum number of requests in flight to the webhook
   * @return the request that has a place now, or null if the delivery stands by
   */
  synchronized Sending enter(ClaimedDelivery claim, int limit) {
    Bulkhead bulkhead = bulkheads.computeIfAbsent(claim.webhookId(), id -> new Bulkhead());
    Sending sending = new Sending(claim, bulkhead);
    bulkhead.limit(limit);
    if (bulkhead.standBy().isEmpty() && take(sending)) {
      return sending;
    }
    sending.standBy(nanos.getAsLong());
    try {
      standBy.add(sending);
      bulkhead.standBy().add(sending);
    } catch (Error halfway) {
      standBy.remove(sending);
      throw halfway;
    }
    return null;
  }

  /**
   * Gives back the place of a request that has ended, whatever is thrown afterwards. If it
   * succeeded and no other webhook waits for a place, its webhook's next delivery standing by takes
   * one.
   *
   * @return the request that has taken a place, or null
   */
  synchronized Sending leave(Sending sending, boolean well) {
    Bulkhead bulkhead = sending.bulkhead();
    lanes.leave(sending);
    bulkhead.leave();
    forgetIfIdle(sending);
    learn(sending, well);
    return well && !crowded.contains(lane(sending.webhookId())) ? next(bulkhead) : null;
  }

  private void learn(Sending sending, boolean well) {
    long now = nanos.getAsLong();
    if (Lanes.isSlow(sending, now)) {
      history.slow(sending.webhookId(), now);
    } else if (well) {
      history.quick(sending.webhookId());
    }
  }

  /** Takes up to {@code most} free places for a webhook's deliveries standing by. */
  synchronized List<Sending> enterStandBy(long webhookId, int limit, int most) {
    List<Sending> entered = new ArrayList<>(most);
    Bulkhead bulkhead = bulkheads.get(webhookId);
    if (bulkhead != null) {
      bulkhead.limit(limit);
      while (entered.size() < most) {
        Sending next = next(bulkhead);
        if (next == null) {
          break;
        }
        entered.add(next);
      }
    }
    return entered;
  }

  /** Removes and returns the deliveries that have stood by for at least this long. */
  synchronized List<ClaimedDelivery> withdraw(Duration patience) {
    List<ClaimedDelivery> withdrawn = new ArrayList<>(standBy.size());
    long now = nanos.getAsLong();
    Iterator<Sending> longest = standBy.iterator();
    while (longest.hasNext()) {
      Sending sending = longest.next();
      if (now - sending.since() < patience.toNanos()) {
        break;
      }
      longest.remove();
      sending.bulkhead().standBy().remove();
      forgetIfIdle(sending);
      withdrawn.add(sending.claim());
    }
    return withdrawn;
  }

  /** Moves requests that have become slow to the slow lane; returns those displaced from it. */
  synchronized List<Sending> changeLanes() {
    List<Sending> displaced = new ArrayList<>();
    long now = nanos.getAsLong();
    for (Sending sending : lanes.overdue(now)) {
      history.slow(sending.webhookId(), now);
      Sending without = lanes.change(sending);
      if (without != null) {
        displaced.add(without);
      }
    }
    return displaced;
  }

  /** Makes the next requests to these webhooks begin in the slow lane, whatever their history. */
  synchronized void expectSlow(Collection<Long> webhookIds) {
    long now = nanos.getAsLong();
    webhookIds.forEach(webhookId -> history.slow(webhookId, now));
  }

  /** Sets the lanes in which webhooks wait. Requests that end there do not hand on their place. */
  synchronized void crowded(Set<Lane> now) {
    crowded.clear();
    crowded.addAll(now);
  }

  /** Returns the time to the next lane change; empty if no webhook waits for a young place. */
  synchronized Optional<Duration> untilNextChange() {
    return crowded.contains(Lane.YOUNG)
        ? Optional.of(lanes.untilNextChange(nanos.getAsLong()))
        : Optional.empty();
  }

  synchronized Holding holding(long webhookId) {
    Bulkhead bulkhead = bulkheads.get(webhookId);
    return new Holding(
        lane(webhookId),
        history.isSteady(webhookId),
        bulkhead == null ? 0 : bulkhead.underWay(),
        bulkhead == null ? 0 : bulkhead.standBy().size());
  }

  /** Returns how many more requests may begin in a lane. */
  synchronized int free(Lane lane) {
    return lanes.free(lane);
  }

  synchronized int underWay(Lane lane) {
    return lanes.taken(lane);
  }

  private Sending next(Bulkhead bulkhead) {
    Sending next = bulkhead.standBy().peek();
    if (next == null || !take(next)) {
      return null;
    }
    bulkhead.standBy().remove();
    standBy.remove(next);
    return next;
  }

  private boolean take(Sending sending) {
    Bulkhead bulkhead = sending.bulkhead();
    Lane lane = lane(sending.webhookId());
    if (bulkhead.isFull() || !Lanes.mayBegin(lane, lanes.free(lane), bulkhead.underWay())) {
      return false;
    }
    lanes.enter(sending, lane, nanos.getAsLong());
    bulkhead.enter();
    return true;
  }

  private Lane lane(long webhookId) {
    return history.isSlow(webhookId) ? Lane.SLOW : Lane.YOUNG;
  }

  private void forgetIfIdle(Sending last) {
    if (last.bulkhead().isIdle()) {
      bulkheads.remove(last.webhookId());
    }
  }
}

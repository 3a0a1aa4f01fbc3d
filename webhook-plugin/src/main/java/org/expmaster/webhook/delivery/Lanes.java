package org.expmaster.webhook.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The places in each lane, one for each request in flight. A request begins in the young lane;
 * after {@link #SLOW_AFTER}, it gives its young place back and counts in the slow lane. Requests to
 * a webhook whose last request was slow begin in the slow lane, of which they may fill half.
 *
 * <p><b>Guarantee.</b> No request holds a young place for longer than {@link #SLOW_AFTER}, however
 * many webhooks hang: if the slow lane is full, the request that has been there longest is cut
 * short. The {@link Round} grants young places first to webhooks that have no request in flight and
 * were not slow within the last hour. Such a webhook waits for {@link #SLOW_AFTER} at most, and
 * once more for every {@code maxYoung} such webhooks ahead of it that turn out to be slow; those
 * lose their priority.
 *
 * <p><b>Cut short.</b> At most {@code maxYoung} requests change lanes within {@link #SLOW_AFTER},
 * and only they can find the slow lane full, half of which is reserved for them. So a request that
 * is cut short has been in flight for at least {@code maxSlow / (2 * maxYoung)} times {@link
 * #SLOW_AFTER}: two seconds with the default settings.
 *
 * <p>Guarded by {@link Bulkheads}.
 */
final class Lanes {
  /** Healthy receivers are rarely this slow. A webhook waits at most this long for a place. */
  static final Duration SLOW_AFTER = Duration.ofMillis(500);

  /**
   * A webhook begins another request in the slow lane only while this many places are free for each
   * of its requests in flight. The more webhooks are slow, the fewer places each one gets, and some
   * remain for webhooks with none in flight: the dynamic thresholds of shared switch buffers.
   */
  private static final int FREE_FOR_EACH = 8;

  private final int maxYoung;
  private final int maxSlow;
  private final int maxBegunSlow;

  /** Requests in the order in which they began. */
  private final Set<Sending> young = new LinkedHashSet<>();

  /** Requests in the order in which they entered the lane. */
  private final Set<Sending> slow = new LinkedHashSet<>();

  private int begunSlow;

  Lanes(int maxYoung, int maxSlow) {
    this.maxYoung = maxYoung;
    this.maxSlow = maxSlow;
    this.maxBegunSlow = maxSlow - maxSlow / 2;
  }

  /** Returns the number of requests that hold a place. */
  int taken(Lane lane) {
    return lane == Lane.YOUNG ? young.size() : slow.size();
  }

  /** Returns how many more requests may begin in a lane. */
  int free(Lane lane) {
    return lane == Lane.YOUNG
        ? maxYoung - young.size()
        : Math.min(maxBegunSlow - begunSlow, maxSlow - slow.size());
  }

  /**
   * Returns whether one more request of a webhook may begin.
   *
   * @param free the number of free places in the lane
   * @param underWay the number of requests in flight to the webhook
   */
  static boolean mayBegin(Lane lane, int free, int underWay) {
    return free > (lane == Lane.YOUNG ? 0 : underWay * FREE_FOR_EACH);
  }

  void enter(Sending sending, Lane lane, long now) {
    Set<Sending> places = lane == Lane.YOUNG ? young : slow;
    try {
      places.add(sending);
    } catch (OutOfMemoryError halfway) {
      places.remove(sending);
      throw halfway;
    }
    sending.enter(lane, now);
    if (lane == Lane.SLOW) {
      begunSlow++;
    }
  }

  /** Gives a request's place back, unless it was displaced. Needs no memory, and cannot fail. */
  void leave(Sending sending) {
    if (!young.remove(sending) && slow.remove(sending) && sending.begunIn() == Lane.SLOW) {
      begunSlow--;
    }
  }

  /** Returns the requests in the young lane that have become slow. */
  List<Sending> overdue(long now) {
    List<Sending> overdue = new ArrayList<>();
    for (Sending sending : young) {
      if (!isSlow(sending, now)) {
        break;
      }
      overdue.add(sending);
    }
    return overdue;
  }

  /** Moves a request to the slow lane; returns the request displaced there, or null. */
  Sending change(Sending sending) {
    Sending displaced = null;
    if (slow.size() >= maxSlow) {
      Iterator<Sending> longest = slow.iterator();
      displaced = longest.next();
      leave(displaced);
    }
    young.remove(sending);
    slow.add(sending);
    return displaced;
  }

  static boolean isSlow(Sending sending, long now) {
    return now - sending.since() >= SLOW_AFTER.toNanos();
  }

  /** Returns how long the oldest request may keep its young place; the maximum if there is none. */
  Duration untilNextChange(long now) {
    Iterator<Sending> oldest = young.iterator();
    return oldest.hasNext() ? SLOW_AFTER.minusNanos(now - oldest.next().since()) : SLOW_AFTER;
  }
}

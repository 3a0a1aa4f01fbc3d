package org.expmaster.webhook.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The places in each lane. A request begins in the young lane; one that is under way for longer
 * than {@link #SLOW_AFTER} gives its young place back and counts in the slow lane. Requests to a
 * webhook whose last one was slow begin in the slow lane, of which they may fill half.
 *
 * <p><b>What is guaranteed.</b> No request holds a young place for longer than {@link #SLOW_AFTER},
 * however many webhooks hang: where the slow lane is full, the request that has been there longest
 * is cut short. The {@link Round} grants young places first to webhooks that have nothing under way
 * and were not slow within the last hour. So one of these waits for {@link #SLOW_AFTER} at most,
 * and once more for every {@code maxYoung} others of its kind that come before it and turn out to
 * be slow; from then on they are no longer of its kind.
 *
 * <p><b>Who is cut short.</b> At most {@code maxYoung} requests change lanes within {@link
 * #SLOW_AFTER}, and only they can find the slow lane full, half of which is theirs alone. So a
 * request that is cut short has been under way for at least {@code maxSlow / (2 * maxYoung)} times
 * {@link #SLOW_AFTER}: two seconds with the default settings.
 *
 * <p>Guarded by {@link Bulkheads}.
 */
final class Lanes {
  /** What a receiver that is well hardly ever needs; a webhook waits for so long at most. */
  static final Duration SLOW_AFTER = Duration.ofMillis(500);

  /**
   * A webhook with requests under way in the slow lane begins another only while so many places for
   * each of them are free. The more webhooks are slow, the fewer places each one gets, and some
   * remain for those that have nothing under way: the dynamic thresholds of shared switch buffers.
   */
  private static final int FREE_FOR_EACH = 8;

  private final int maxYoung;
  private final int maxSlow;
  private final int maxBegunSlow;

  /** Those that began first come first. */
  private final Set<Sending> young = new LinkedHashSet<>();

  /** Those that came into the lane first come first. */
  private final Set<Sending> slow = new LinkedHashSet<>();

  private int begunSlow;

  Lanes(int maxYoung, int maxSlow) {
    this.maxYoung = maxYoung;
    this.maxSlow = maxSlow;
    this.maxBegunSlow = maxSlow - maxSlow / 2;
  }

  /** How many hold a place. */
  int taken(Lane lane) {
    return lane == Lane.YOUNG ? young.size() : slow.size();
  }

  /** How many more requests may begin in a lane. */
  int free(Lane lane) {
    return lane == Lane.YOUNG
        ? maxYoung - young.size()
        : Math.min(maxBegunSlow - begunSlow, maxSlow - slow.size());
  }

  /**
   * Whether one more request of a webhook may begin.
   *
   * @param free how many places of the lane are free
   * @param underWay how many requests to the webhook are
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

  /** Gives its place back, if it has not lost it before. Needs no memory, and cannot fail. */
  void leave(Sending sending) {
    if (!young.remove(sending) && slow.remove(sending) && sending.begunIn() == Lane.SLOW) {
      begunSlow--;
    }
  }

  /** Those under way in the young lane for too long, by now. */
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

  /** Moves one to the slow lane; returns the one that has lost its place there, or null. */
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

  /** For how long the oldest request will hold its young place; nothing if there is none. */
  Duration untilNextChange(long now) {
    Iterator<Sending> oldest = young.iterator();
    return oldest.hasNext() ? SLOW_AFTER.minusNanos(now - oldest.next().since()) : SLOW_AFTER;
  }
}

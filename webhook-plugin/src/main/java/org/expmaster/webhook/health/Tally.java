package org.expmaster.webhook.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.expmaster.webhook.db.Database;

/**
 * Counts how attempts end, for a picture of each webhook's last day. Thread-safe.
 *
 * <p>Counts are kept in memory and written together now and then, so that no delivery pays for
 * them; a master that dies forgets the last few. They are for people to look at, and nothing is
 * decided by them.
 */
public final class Tally {
  /** Hours of a picture; the present one is among them. */
  static final int HOURS = 24;

  static final long HOUR = Duration.ofHours(1).toMillis();

  private final TallyStore store;
  private final Clock clock;
  private Map<Key, Count> counts = new TreeMap<>();

  /**
   * A tally in this database.
   *
   * @param clock by which attempts end
   */
  public Tally(Database database, Clock clock) {
    this.store = new TallyStore(database);
    this.clock = clock;
  }

  /** An hour of a webhook. Ordered, so that no two masters lock rows in opposite orders. */
  record Key(long webhookId, long hour) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int order = Long.compare(webhookId, other.webhookId);
      return order != 0 ? order : Long.compare(hour, other.hour);
    }
  }

  /** What is known of an hour. */
  record Count(long delivered, long failed, LastDay.Last last) {
    static Count of(LastDay.Last last) {
      boolean delivered = last.ending() == Ending.DELIVERED;
      return new Count(delivered ? 1 : 0, delivered ? 0 : 1, last);
    }

    Count plus(Count other) {
      return new Count(
          delivered + other.delivered,
          failed + other.failed,
          other.last.at().isBefore(last.at()) ? last : other.last);
    }
  }

  /** Counts an attempt that ended now. */
  public synchronized void count(long webhookId, Ending ending) {
    Instant now = clock.instant();
    counts.merge(
        new Key(webhookId, hour(now)), Count.of(new LastDay.Last(now, ending)), Count::plus);
  }

  /** Writes what has been counted since the last time; what cannot be written is kept. */
  public void write() {
    Map<Key, Count> taken = take();
    if (taken.isEmpty()) {
      return;
    }
    try {
      store.add(taken);
    } catch (RuntimeException | Error failed) {
      putBack(taken);
      throw failed;
    }
  }

  /** The last day of every webhook that was ever sent something. */
  public Map<Long, LastDay> lastDays() {
    return store.lastDays(hour(clock.instant()));
  }

  /** The last day of those of some webhooks that were ever sent something. */
  public Map<Long, LastDay> lastDays(Collection<Long> webhookIds) {
    return webhookIds.isEmpty() ? Map.of() : store.lastDays(webhookIds, hour(clock.instant()));
  }

  /** Forgets what is in no picture any more. */
  public void purge() {
    store.forgetBefore(hour(clock.instant()) - (HOURS - 1) * HOUR);
  }

  private synchronized Map<Key, Count> take() {
    Map<Key, Count> taken = counts;
    counts = new TreeMap<>();
    return taken;
  }

  private synchronized void putBack(Map<Key, Count> taken) {
    taken.forEach((key, count) -> counts.merge(key, count, (now, then) -> then.plus(now)));
  }

  private static long hour(Instant at) {
    return Math.floorDiv(at.toEpochMilli(), HOUR) * HOUR;
  }

  /** A webhook's hours, the oldest first, as a picture of the day that ends with an hour. */
  static LastDay lastDay(List<Map.Entry<Long, Count>> hours, long present) {
    Count newest = hours.get(hours.size() - 1).getValue();
    return new LastDay(
        Optional.of(newest.last()),
        hours.stream()
            .filter(hour -> hour.getKey() > present - HOURS * HOUR && hour.getKey() <= present)
            .map(
                hour ->
                    new LastDay.Hour(
                        (int) ((present - hour.getKey()) / HOUR),
                        hour.getValue().delivered(),
                        hour.getValue().failed()))
            .toList());
  }
}

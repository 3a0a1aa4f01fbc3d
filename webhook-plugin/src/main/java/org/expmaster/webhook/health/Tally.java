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
 * Counts how attempts end, to show each webhook's last day. Thread-safe.
 *
 * <p>Counts are kept in memory and written periodically, so that no delivery costs a write. A
 * master that crashes loses the latest counts. They are only shown; nothing depends on them.
 */
public final class Tally {
  /** The number of hours shown, including the current one. */
  static final int HOURS = 24;

  static final long HOUR = Duration.ofHours(1).toMillis();

  private final TallyStore store;
  private final Clock clock;
  private Map<Key, Count> counts = new TreeMap<>();

  /**
   * Creates a tally in this database.
   *
   * @param clock the clock that dates the ends of attempts
   */
  public Tally(Database database, Clock clock) {
    this.store = new TallyStore(database);
    this.clock = clock;
  }

  /** An hour of a webhook. Ordered, so that masters lock rows in one order and cannot deadlock. */
  record Key(long webhookId, long hour) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int order = Long.compare(webhookId, other.webhookId);
      return order != 0 ? order : Long.compare(hour, other.hour);
    }
  }

  /** The attempts that ended in an hour. */
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

  /** Writes the counts since the last call. If that fails, they are kept for the next call. */
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

  /** Returns the last day of every webhook that has ever had an attempt, by webhook id. */
  public Map<Long, LastDay> lastDays() {
    return store.lastDays(hour(clock.instant()));
  }

  /** Returns the last day of those of the given webhooks that have ever had an attempt. */
  public Map<Long, LastDay> lastDays(Collection<Long> webhookIds) {
    return webhookIds.isEmpty() ? Map.of() : store.lastDays(webhookIds, hour(clock.instant()));
  }

  /** Deletes the counts that are no longer shown. */
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

  /** Returns the last day up to the hour {@code present} from a webhook's hours, oldest first. */
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

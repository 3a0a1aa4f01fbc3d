package org.expmaster.webhook.health;

import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import org.expmaster.webhook.db.Database;

/**
 * Counts for each trigger how often its expression was cut short, on all masters. Thread-safe.
 *
 * <p>Counts are kept in memory and written periodically, so that no log line costs a write. A
 * master that crashes loses the latest counts.
 */
public final class CutShorts {
  private final CutShortStore store;
  private final Clock clock;
  private Map<Key, CutShort> counts = new TreeMap<>();

  /** Creates a counter that stores its counts in this database. */
  public CutShorts(Database database, Clock clock) {
    this.store = new CutShortStore(database);
    this.clock = clock;
  }

  /** A trigger. Ordered, so that masters lock rows in the same order and cannot deadlock. */
  record Key(long webhookId, long triggerId) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int order = Long.compare(webhookId, other.webhookId);
      return order != 0 ? order : Long.compare(triggerId, other.triggerId);
    }
  }

  /** Counts a trigger whose expression was cut short now. */
  public synchronized void count(long webhookId, long triggerId) {
    counts.merge(new Key(webhookId, triggerId), new CutShort(1, clock.instant()), CutShort::plus);
  }

  /** Writes the counts since the last call. If that fails, they are kept for the next call. */
  public void write() {
    Map<Key, CutShort> taken = take();
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

  /** Returns the counts by trigger id for the webhooks in this range of ids, both ends included. */
  public Map<Long, CutShort> ofWebhooks(long firstId, long lastId) {
    return store.ofWebhooks(firstId, lastId);
  }

  /** Deletes the counts of triggers that no longer exist. */
  public void purge() {
    store.forgetGone();
  }

  private synchronized Map<Key, CutShort> take() {
    Map<Key, CutShort> taken = counts;
    counts = new TreeMap<>();
    return taken;
  }

  private synchronized void putBack(Map<Key, CutShort> taken) {
    taken.forEach((key, count) -> counts.merge(key, count, CutShort::plus));
  }
}

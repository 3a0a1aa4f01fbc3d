package org.expmaster.webhook.health;

import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import org.expmaster.webhook.db.Database;

/**
 * Counts for each trigger how often its expression was cut short, on all masters. Thread-safe.
 *
 * <p>Counts are kept in memory and written together now and then, so that no line pays for them; a
 * master that dies forgets the last few.
 */
public final class CutShorts {
  private final CutShortStore store;
  private final Clock clock;
  private Map<Key, CutShort> counts = new TreeMap<>();

  /** Counts in this database, by this clock. */
  public CutShorts(Database database, Clock clock) {
    this.store = new CutShortStore(database);
    this.clock = clock;
  }

  /** A trigger. Ordered, so that no two masters lock rows in opposite orders. */
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

  /** Writes what has been counted since the last time; what cannot be written is kept. */
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

  /** By trigger, those of the webhooks whose ids lie between these, both included. */
  public Map<Long, CutShort> ofWebhooks(long firstId, long lastId) {
    return store.ofWebhooks(firstId, lastId);
  }

  /** Forgets triggers that are gone. */
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

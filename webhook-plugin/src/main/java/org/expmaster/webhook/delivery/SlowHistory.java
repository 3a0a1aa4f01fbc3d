package org.expmaster.webhook.delivery;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which webhooks were slow within the last hour, and which still are. Not thread-safe. */
final class SlowHistory {
  /** Limits memory: a webhook that gets nothing for this long, or is deleted, is forgotten. */
  static final Duration KEPT = Duration.ofHours(1);

  /** Least recently slow first. */
  private final Map<Long, Entry> entries = new LinkedHashMap<>();

  private static final class Entry {
    private final long lastSlow;
    private boolean quickSince;

    private Entry(long lastSlow) {
      this.lastSlow = lastSlow;
    }
  }

  /** Returns whether the last attempt was slow, so that the next one is expected to be slow. */
  boolean isSlow(long webhookId) {
    Entry entry = find(webhookId);
    return entry != null && !entry.quickSince;
  }

  /** Returns whether no remembered attempt was slow. */
  boolean isSteady(long webhookId) {
    return find(webhookId) == null;
  }

  /** Records a slow attempt. */
  void slow(long webhookId, long now) {
    entries.remove(webhookId);
    entries.put(webhookId, new Entry(now));
    Iterator<Entry> first = entries.values().iterator();
    for (Entry oldest = first.next();
        now - oldest.lastSlow >= KEPT.toNanos();
        oldest = first.next()) {
      first.remove();
    }
  }

  /** Records a quick attempt that succeeded. */
  void quick(long webhookId) {
    Entry entry = find(webhookId);
    if (entry != null) {
      entry.quickSince = true;
    }
  }

  private Entry find(long webhookId) {
    return entries.isEmpty() ? null : entries.get(webhookId);
  }
}

package org.expmaster.webhook.delivery;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which webhooks were slow within the last hour, and which of them still are. Not thread-safe. */
final class SlowHistory {
  /** So that a webhook that gets nothing for so long, or is deleted, need not be remembered. */
  static final Duration KEPT = Duration.ofHours(1);

  /** Those that were slow longest ago come first. */
  private final Map<Long, Entry> entries = new LinkedHashMap<>();

  private static final class Entry {
    private final long lastSlow;
    private boolean quickSince;

    private Entry(long lastSlow) {
      this.lastSlow = lastSlow;
    }
  }

  /** Whether its last attempt was slow, so that the next one is expected to be. */
  boolean isSlow(long webhookId) {
    Entry entry = find(webhookId);
    return entry != null && !entry.quickSince;
  }

  /** Whether none of its attempts was slow. */
  boolean isSteady(long webhookId) {
    return find(webhookId) == null;
  }

  /** An attempt took long. */
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

  /** An attempt arrived at once. */
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

package org.expmaster.host.receiver;

import java.util.LinkedHashMap;
import java.util.Map;

/** Counts requests, and the attempts of each of the last events. Not thread-safe. */
final class Attempts {
  private static final int MOST_EVENTS = 1_000;

  private int requests;
  private final Map<String, Integer> attempts =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
          return size() > MOST_EVENTS;
        }
      };

  /** The number of a request, and of the attempt within its event. */
  record Counted(int request, int attempt) {}

  Counted count(String event) {
    requests++;
    return new Counted(requests, event.isEmpty() ? 1 : attempts.merge(event, 1, Integer::sum));
  }
}

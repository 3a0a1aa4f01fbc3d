package org.expmaster.webhook.publish;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A bounded cache of the most recently used items. Thread-safe. */
final class Recent<T> {
  private final Map<T, Boolean> things;

  Recent(int room) {
    things =
        Collections.synchronizedMap(
            new LinkedHashMap<>(16, 0.75f, true) {
              @Override
              protected boolean removeEldestEntry(Map.Entry<T, Boolean> eldest) {
                return size() > room;
              }
            });
  }

  void add(T thing) {
    things.put(thing, true);
  }

  boolean contains(T thing) {
    // get, not containsKey: only get counts as an access
    return things.get(thing) != null;
  }
}

package org.expmaster.host.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** Merges two trees: mappings are merged level by level, other values are replaced. */
public final class Overlay {
  private Overlay() {}

  public static Map<String, Object> of(Map<String, Object> below, Map<String, Object> above) {
    Map<String, Object> merged = new LinkedHashMap<>(below);
    above.forEach((name, value) -> merged.put(name, value(below.get(name), value)));
    return merged;
  }

  private static Object value(Object below, Object above) {
    if (below instanceof Map<?, ?> lower && above instanceof Map<?, ?> upper) {
      return of(new PlainCopy().mapping(lower), new PlainCopy().mapping(upper));
    }
    return above;
  }
}

package org.expmaster.host.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Copies nested maps and lists into JDK types with string keys.
 *
 * <p>The size is bounded, because YAML's aliases let a short text stand for a huge or endless tree.
 * Values of other types become strings, so that the copy keeps no plugin class reachable.
 */
public final class PlainCopy {
  static final int MAX_DEPTH = 100;
  private static final int MAX_VALUES = 100_000;

  private int values;

  /**
   * Returns the copy.
   *
   * @throws ConfigException if the tree is too deep or too large
   */
  public Map<String, Object> mapping(Map<?, ?> source) {
    return mapping(source, 1);
  }

  private Map<String, Object> mapping(Map<?, ?> source, int depth) {
    Map<String, Object> copy = new LinkedHashMap<>();
    source.forEach((name, value) -> copy.put(String.valueOf(name), value(value, depth)));
    return copy;
  }

  private Object value(Object value, int depth) {
    if (depth > MAX_DEPTH) {
      throw tooDeep();
    }
    if (++values > MAX_VALUES) {
      throw new ConfigException("holds more than " + MAX_VALUES + " values");
    }
    if (value instanceof Map<?, ?> map) {
      return mapping(map, depth + 1);
    }
    if (value instanceof Collection<?> list) {
      List<Object> copy = new ArrayList<>(list.size());
      for (Object item : list) {
        copy.add(value(item, depth + 1));
      }
      return copy;
    }
    boolean plain =
        value == null
            || value instanceof String
            || value instanceof Boolean
            || (value instanceof Number && value.getClass().getName().startsWith("java."));
    return plain ? value : String.valueOf(value);
  }

  static ConfigException tooDeep() {
    return new ConfigException("nested more than " + MAX_DEPTH + " levels deep");
  }
}

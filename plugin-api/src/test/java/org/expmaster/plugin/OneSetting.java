package org.expmaster.plugin;

import java.util.Map;

/** Settings with one value in them. */
final class OneSetting {
  private OneSetting() {}

  /** Returns settings in which {@code a.b} has this value. */
  static Settings settings(Object value) {
    return Settings.of(Map.of("a", Map.of("b", value)));
  }
}

package org.expmaster.plugin;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The operator's settings, by dotted path ({@code webhooks.max_in_flight}).
 *
 * <p>Every getter returns empty if the operator wrote nothing at the path. It throws {@link
 * SettingsException}, which names the path, if the value has another type or if a parent in the
 * path is not a mapping. Implementations are immutable.
 */
public interface Settings {

  /** Returns settings over nested maps, as a YAML reader produces them. */
  static Settings of(Map<String, ?> tree) {
    return new MapSettings(tree);
  }

  /** Returns text. Numbers and booleans are refused, not converted: they must be quoted. */
  Optional<String> text(String path);

  /** Returns text that no error message may repeat. Otherwise like {@link #text}. */
  Optional<String> secret(String path);

  /** Returns a whole number. */
  Optional<Long> integer(String path);

  /** Returns {@code true} or {@code false}. */
  Optional<Boolean> bool(String path);

  /**
   * Returns a duration, never negative. It is written as a whole number and one of the units {@code
   * ms}, {@code s}, {@code m}, {@code h}, {@code d} ({@code 250ms}, {@code 12h}).
   */
  Optional<Duration> duration(String path);

  /** Returns a list of texts. */
  Optional<List<String>> texts(String path);

  /** Returns a list of durations, each written as for {@link #duration}. */
  Optional<List<Duration>> durations(String path);

  /** Returns the names directly under a path, in the order they were written; empty if none. */
  Set<String> names(String path);
}

package org.expmaster.plugin;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the operator wrote, by dotted path ({@code webhooks.max_in_flight}).
 *
 * <p>Every getter returns empty where nothing was written, and throws {@link SettingsException},
 * which names the path, where what was written is of another type or, on the way to it, something
 * is not a mapping. Implementations are immutable.
 */
public interface Settings {

  /** Settings over nested maps, as a YAML reader yields them. */
  static Settings of(Map<String, ?> tree) {
    return new MapSettings(tree);
  }

  /** Text. Numbers and booleans are refused rather than guessed at: they must be quoted. */
  Optional<String> text(String path);

  /** Text that no error message may repeat. Otherwise as {@link #text}. */
  Optional<String> secret(String path);

  /** A whole number. */
  Optional<Long> integer(String path);

  /** {@code true} or {@code false}. */
  Optional<Boolean> bool(String path);

  /**
   * A span of time: a whole number and one of the units {@code ms}, {@code s}, {@code m}, {@code
   * h}, {@code d} ({@code 250ms}, {@code 12h}). Not negative.
   */
  Optional<Duration> duration(String path);

  /** A list of text. */
  Optional<List<String>> texts(String path);

  /** A list of spans of time, each as {@link #duration}. */
  Optional<List<Duration>> durations(String path);

  /** The names written directly under a path, in the order they were written; empty if none. */
  Set<String> names(String path);
}

package org.expmaster.plugin;

import java.math.BigInteger;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@link Settings} over nested maps. */
final class MapSettings implements Settings {
  private static final Pattern SPAN = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");
  private static final Map<String, ChronoUnit> UNITS =
      Map.of(
          "ms", ChronoUnit.MILLIS,
          "s", ChronoUnit.SECONDS,
          "m", ChronoUnit.MINUTES,
          "h", ChronoUnit.HOURS,
          "d", ChronoUnit.DAYS);

  private final Map<String, ?> tree;

  MapSettings(Map<String, ?> tree) {
    this.tree = Objects.requireNonNull(tree, "tree");
  }

  @Override
  public Optional<String> text(String path) {
    return find(path).map(value -> textOf(path, value));
  }

  @Override
  public Optional<String> secret(String path) {
    return find(path)
        .map(
            value -> {
              if (value instanceof String text) {
                return text;
              }
              throw new SettingsException(
                  path, "must be text; write it in quotes (its value is not repeated here)");
            });
  }

  @Override
  public Optional<Long> integer(String path) {
    return find(path)
        .map(
            value -> {
              if (value instanceof Integer || value instanceof Long) {
                return ((Number) value).longValue();
              }
              if (value instanceof BigInteger) {
                throw new SettingsException(path, "is " + value + ", which is too large");
              }
              throw wrong(path, value, "a whole number");
            });
  }

  @Override
  public Optional<Boolean> bool(String path) {
    return find(path)
        .map(
            value -> {
              if (value instanceof Boolean bool) {
                return bool;
              }
              throw wrong(path, value, "true or false");
            });
  }

  @Override
  public Optional<Duration> duration(String path) {
    return find(path).map(value -> durationOf(path, value));
  }

  @Override
  public Optional<List<String>> texts(String path) {
    return list(path, MapSettings::textOf);
  }

  @Override
  public Optional<List<Duration>> durations(String path) {
    return list(path, MapSettings::durationOf);
  }

  @Override
  public Set<String> names(String path) {
    Object value = find(path).orElse(Map.of());
    if (!(value instanceof Map<?, ?> map)) {
      throw notAMapping(path);
    }
    Set<String> names = new LinkedHashSet<>();
    map.keySet().forEach(name -> names.add(String.valueOf(name)));
    return Collections.unmodifiableSet(names);
  }

  /** Returns the value at the path. A YAML null counts as absent. */
  private Optional<Object> find(String path) {
    Object here = tree;
    String walked = "";
    for (String name : path.split("\\.", -1)) {
      if (!(here instanceof Map<?, ?> map)) {
        throw notAMapping(walked);
      }
      here = map.get(name);
      if (here == null) {
        return Optional.empty();
      }
      walked = walked.isEmpty() ? name : walked + "." + name;
    }
    return Optional.of(here);
  }

  private interface Reader<T> {
    T read(String path, Object value);
  }

  private <T> Optional<List<T>> list(String path, Reader<T> reader) {
    return find(path)
        .map(
            value -> {
              if (!(value instanceof List<?> list)) {
                throw wrong(path, value, "a list");
              }
              List<T> items = new ArrayList<>();
              for (Object item : list) {
                items.add(reader.read(path + "[" + items.size() + "]", item));
              }
              return Collections.unmodifiableList(items);
            });
  }

  private static String textOf(String path, Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw wrong(path, value, "text; write it in quotes");
  }

  private static Duration durationOf(String path, Object value) {
    Matcher span = SPAN.matcher(value instanceof String text ? text : "");
    if (!span.matches()) {
      throw wrong(path, value, "a span of time such as 250ms, 5s, 10m, 12h or 3d");
    }
    return Duration.of(Long.parseLong(span.group(1)), UNITS.get(span.group(2)));
  }

  /** Does not repeat the value: a key written one level too high would appear in the log. */
  private static SettingsException notAMapping(String path) {
    return new SettingsException(path, "must be a mapping of names to values, and is not");
  }

  /** Repeats only a scalar value: a mapping or a list may hold a secret further down. */
  private static SettingsException wrong(String path, Object value, String right) {
    String is =
        value instanceof Map
            ? "is a mapping"
            : value instanceof List ? "is a list" : value == null ? "is empty" : "is " + value;
    return new SettingsException(path, is + ", and must be " + right);
  }
}

package org.expmaster.webhook.registry;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Further headers of a webhook's requests. Their values are secrets.
 *
 * @param byName values without line ends, by names of which no two are equal but for their case
 */
public record RequestHeaders(Map<String, String> byName) {
  public static final RequestHeaders NONE = new RequestHeaders(Map.of());

  private static final String SEPARATOR = ": ";

  public RequestHeaders {
    byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
  }

  /** Returns the value of a header, whose name may be written in any case. */
  public Optional<String> value(String name) {
    return byName.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Returns one line for each header, to be stored. */
  String text() {
    return byName.entrySet().stream()
        .map(header -> header.getKey() + SEPARATOR + header.getValue())
        .collect(Collectors.joining("\n"));
  }

  static RequestHeaders parse(String text) {
    if (text.isEmpty()) {
      return NONE;
    }
    Map<String, String> byName = new LinkedHashMap<>();
    for (String line : text.split("\n", -1)) {
      int end = line.indexOf(SEPARATOR);
      byName.put(line.substring(0, end), line.substring(end + SEPARATOR.length()));
    }
    return new RequestHeaders(byName);
  }

  /** Omits the values. */
  @Override
  public String toString() {
    return "RequestHeaders" + byName.keySet();
  }
}

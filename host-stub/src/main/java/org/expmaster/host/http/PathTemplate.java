package org.expmaster.host.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code /api/v1/webhooks/{id}}: each segment is a literal or a name in braces. */
record PathTemplate(List<String> segments) {
  private static final Pattern SEGMENT =
      Pattern.compile("[A-Za-z0-9._~-]+|\\{[A-Za-z][A-Za-z0-9_]*}");

  /** The order of matching: a literal segment before a name, compared from left to right. */
  static final Comparator<PathTemplate> LITERAL_FIRST =
      (one, other) -> {
        int order = Integer.compare(one.segments.size(), other.segments.size());
        for (int i = 0; order == 0 && i < one.segments.size(); i++) {
          order = Boolean.compare(isName(one.segments.get(i)), isName(other.segments.get(i)));
        }
        return order;
      };

  /**
   * @throws IllegalArgumentException if the path does not have this form
   */
  static PathTemplate of(String path) {
    List<String> segments = split(path);
    if (!path.startsWith("/") || !segments.stream().allMatch(SEGMENT.asMatchPredicate())) {
      throw new IllegalArgumentException(
          "the path " + path + " must be / followed by segments that are literal or {name}");
    }
    return new PathTemplate(segments);
  }

  static List<String> split(String path) {
    return List.of(path.substring(Math.min(1, path.length())).split("/", -1));
  }

  /** Returns the values of the names, or empty if the path does not match. */
  Optional<Map<String, String>> match(List<String> path) {
    if (path.size() != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < path.size(); i++) {
      String segment = segments.get(i);
      if (isName(segment) && !path.get(i).isEmpty()) {
        values.put(segment.substring(1, segment.length() - 1), path.get(i));
      } else if (!segment.equals(path.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }

  /** Returns a value that is equal for all templates that match the same paths. */
  List<String> shape() {
    List<String> shape = new ArrayList<>();
    segments.forEach(segment -> shape.add(isName(segment) ? "{}" : segment));
    return shape;
  }

  private static boolean isName(String segment) {
    return segment.startsWith("{");
  }
}

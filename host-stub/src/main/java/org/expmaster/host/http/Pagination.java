package org.expmaster.host.http;

import java.util.Map;

/** Tells which part of a list a response contains; Determined's clients ask until they have all. */
public final class Pagination {
  private Pagination() {}

  public static Map<String, Object> whole(int size) {
    return part(0, size, size, size);
  }

  public static Map<String, Object> part(int offset, int limit, int size, int total) {
    return Map.of(
        "offset", offset,
        "limit", limit,
        "startIndex", offset,
        "endIndex", offset + size,
        "total", total);
  }
}

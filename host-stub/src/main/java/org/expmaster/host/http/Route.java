package org.expmaster.host.http;

import java.util.List;
import java.util.Map;
import org.expmaster.plugin.http.Access;

/**
 * A row of the table.
 *
 * @param instant whether its handler waits for nothing
 */
record Route(
    String owner,
    String method,
    PathTemplate path,
    Access access,
    OwnRoutes.PlacedHandler handler,
    boolean instant) {

  /** Stands for this route, without keeping anything of its owner's. */
  Object key() {
    return List.of(method, path);
  }

  /** A row that fits a request, with what its path says. */
  record Match(Route route, Map<String, String> pathParameters) {}
}

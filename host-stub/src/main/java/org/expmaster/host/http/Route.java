package org.expmaster.host.http;

import java.util.List;
import java.util.Map;
import org.expmaster.plugin.http.Access;

/**
 * An entry of the route table.
 *
 * @param instant whether its handler never blocks
 */
record Route(
    String owner,
    String method,
    PathTemplate path,
    Access access,
    OwnRoutes.PlacedHandler handler,
    boolean instant) {

  /** Returns a key for this route that references nothing of its owner. */
  Object key() {
    return List.of(method, path);
  }

  /** The route of a request, with the values of its path parameters. */
  record Match(Route route, Map<String, String> pathParameters) {}
}

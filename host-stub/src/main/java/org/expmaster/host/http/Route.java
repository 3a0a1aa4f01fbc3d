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

  /** Returns whether the same requests match both, except where a literal takes precedence. */
  boolean isSameAs(Route other) {
    return method.equals(other.method) && path.shape().equals(other.path.shape());
  }

  /** Returns the same route with another handler, which references nothing of its owner. */
  Route answeredBy(OwnRoutes.PlacedHandler other) {
    return new Route(owner, method, path, access, other, false);
  }

  /** Returns a key for this route that references nothing of its owner. */
  Object key() {
    return List.of(method, path);
  }

  /** The route of a request, with the values of its path parameters. */
  record Match(Route route, Map<String, String> pathParameters) {}
}

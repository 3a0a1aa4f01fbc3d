package org.expmaster.host.http;

import org.expmaster.plugin.http.Access;
import org.expmaster.plugin.http.Handler;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.plugin.http.Routes;

/** Where the master adds its own routes, which may know and do more than a plugin's. */
public interface OwnRoutes extends Routes {

  /**
   * Adds a public route that answers whatever else the master waits for. Its handler is called on
   * the threads that serve all sockets, so it must wait for nothing, and it has no caller.
   */
  void addInstant(String method, String path, Handler handler);

  /** Adds a route whose handler is told where the request came from. */
  void addPlaced(String method, String path, Access access, PlacedHandler handler);

  /** Answers a request that came from a network. */
  @FunctionalInterface
  interface PlacedHandler {
    Response handle(Request request, ClientNetwork from) throws Exception;
  }
}

package org.expmaster.host.http;

import org.expmaster.plugin.http.Access;
import org.expmaster.plugin.http.Handler;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.plugin.http.Routes;

/** Registers the master's own routes, which may know and do more than a plugin's. */
public interface OwnRoutes extends Routes {

  /**
   * Adds a public route that is served even if everything else is waiting. Its handler runs on the
   * threads that serve all sockets, so it must not block, and it has no caller.
   */
  void addInstant(String method, String path, Handler handler);

  /** Adds a route whose handler also receives the client's network. */
  void addPlaced(String method, String path, Access access, PlacedHandler handler);

  /** Answers a request from a given network. */
  @FunctionalInterface
  interface PlacedHandler {
    Response handle(Request request, ClientNetwork from) throws Exception;
  }
}

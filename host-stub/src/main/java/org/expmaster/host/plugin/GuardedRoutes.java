package org.expmaster.host.plugin;

import java.time.Duration;
import org.expmaster.host.listener.CallGate;
import org.expmaster.plugin.http.Access;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Handler;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.plugin.http.Routes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers a plugin's routes so that the plugin can stop between two requests: one that reaches
 * its handler too late gets 503.
 */
record GuardedRoutes(String plugin, Routes routes, CallGate gate) implements Routes {
  private static final Logger log = LoggerFactory.getLogger(GuardedRoutes.class);
  private static final Duration RETRY = Duration.ofSeconds(5);

  /** Returns what requests to a plugin that does not run are told. */
  static String away(String plugin) {
    return "the plugin "
        + plugin
        + ", which answers here, does not run at present; try again later";
  }

  @Override
  public void add(String method, String path, Access access, Handler handler) {
    routes.add(method, path, access, request -> answer(handler, request));
  }

  private Response answer(Handler handler, Request request) throws Exception {
    if (!gate.enter()) {
      throw ApiException.unavailable(away(plugin), RETRY);
    }
    try {
      return handler.handle(request);
    } catch (Exception | LinkageError e) {
      if (e instanceof ApiException || !gate.isClosed()) {
        throw e;
      }
      // it has lost its database, its executors or its classes
      log.debug("plugin {}: {} {} while it stopped", plugin, request.method(), request.path(), e);
      throw ApiException.unavailable(away(plugin), RETRY);
    } finally {
      gate.leave();
    }
  }
}

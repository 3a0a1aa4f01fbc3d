package org.expmaster.host.info;

import java.util.Map;
import org.expmaster.host.config.Mask;
import org.expmaster.host.config.Overlay;
import org.expmaster.host.http.Json;
import org.expmaster.host.plugin.Extensions;
import org.expmaster.host.plugin.Plugins;
import org.expmaster.plugin.http.Access;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.plugin.http.Routes;

/** The REST routes that only admins may call. */
public final class AdminResource {
  private final Map<String, Object> written;
  private final Plugins plugins;
  private final Extensions extensions;

  /** Shows the operator's settings and the plugins. */
  public AdminResource(Map<String, Object> written, Plugins plugins, Extensions extensions) {
    this.written = written;
    this.plugins = plugins;
    this.extensions = extensions;
  }

  public void addTo(Routes routes) {
    routes.add("GET", "/api/v1/master/config", Access.ADMIN, this::config);
    routes.add("GET", "/api/v1/master/plugins", Access.ADMIN, this::plugins);
    routes.add("GET", "/api/v1/master/executors", Access.ADMIN, this::executors);
  }

  private Response config(Request request) {
    Map<String, Object> config = Overlay.of(Mask.tree(written), extensions.effectiveConfig());
    return Json.response(Map.of("config", config));
  }

  private Response plugins(Request request) {
    return Json.response(Map.of("plugins", plugins.reports()));
  }

  private Response executors(Request request) {
    return Json.response(Map.of("executors", plugins.executors()));
  }
}

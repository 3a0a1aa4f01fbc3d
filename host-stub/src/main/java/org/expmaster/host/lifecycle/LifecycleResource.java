package org.expmaster.host.lifecycle;

import java.util.Map;
import java.util.function.Function;
import org.expmaster.host.http.Json;
import org.expmaster.host.plugin.PluginReport;
import org.expmaster.host.plugin.Plugins;
import org.expmaster.plugin.http.Access;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.plugin.http.Routes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The REST routes with which admins stop, start, replace and unload plugins. */
public final class LifecycleResource {
  private static final Logger log = LoggerFactory.getLogger(LifecycleResource.class);

  private final Plugins plugins;

  public LifecycleResource(Plugins plugins) {
    this.plugins = plugins;
  }

  public void addTo(Routes routes) {
    add(routes, "stop", plugins::stop);
    add(routes, "start", plugins::start);
    add(routes, "reload", plugins::reload);
    add(routes, "unload", plugins::unload);
  }

  private static void add(Routes routes, String action, Function<String, PluginReport> step) {
    routes.add(
        "POST",
        "/api/v1/master/plugins/{id}/" + action,
        Access.ADMIN,
        request -> answer(action, step, request));
  }

  private static Response answer(
      String action, Function<String, PluginReport> step, Request request) {
    String id = request.pathParameters().get("id");
    String shown = id.replaceAll("\\p{Cntrl}", "?");
    log.info("{} asks to {} the plugin {}", request.requireCaller().username(), action, shown);
    return Json.response(Map.of("plugin", step.apply(id)));
  }
}

package org.expmaster.webhook.rest;

import java.util.Objects;
import org.expmaster.plugin.http.Access;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Handler;
import org.expmaster.plugin.http.Routes;

/** Adds routes that limit the size of request bodies, whatever the master's own limit. */
public final class BoundedRoutes implements Routes {
  private final Routes routes;
  private final int most;
  private final String setting;

  /**
   * Adds to these routes.
   *
   * @param most maximum size of a body, in bytes
   * @param setting name of the setting that sets it, for the error
   */
  public BoundedRoutes(Routes routes, int most, String setting) {
    this.routes = Objects.requireNonNull(routes, "routes");
    this.most = most;
    this.setting = setting;
  }

  @Override
  public void add(String method, String path, Access access, Handler handler) {
    routes.add(
        method,
        path,
        access,
        request -> {
          int length = request.body().length;
          if (length > most) {
            throw new ApiException(
                ApiException.Reason.TOO_LARGE,
                "the body has "
                    + length
                    + " bytes, and may have no more than "
                    + most
                    + ", as "
                    + setting
                    + " says");
          }
          return handler.handle(request);
        });
  }
}

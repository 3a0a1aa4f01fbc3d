package org.expmaster.webhook.rest;

import java.util.Objects;
import org.expmaster.plugin.http.Access;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Handler;
import org.expmaster.plugin.http.Routes;

/** Routes that take bodies of bounded size only, whatever the master's own bound is. */
public final class BoundedRoutes implements Routes {
  private final Routes routes;
  private final int most;
  private final String setting;

  /**
   * Adds to these routes.
   *
   * @param most how many bytes a body may have
   * @param setting what it is called that says so
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

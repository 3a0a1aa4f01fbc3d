package org.expmaster.webhook.rest;

import org.expmaster.plugin.http.Access;
import org.expmaster.plugin.http.Routes;

/**
 * Every route of the plugin, to be audited here. {@link Access} is what a caller needs at least;
 * what they may do with one webhook is asked of {@link Permissions}.
 */
public final class WebhookRoutes {
  private static final String ALL = "/api/v1/webhooks";
  private static final String ONE = "/api/v1/webhooks/{id}";

  private WebhookRoutes() {}

  /** Adds the routes. */
  public static void add(Routes routes, WebhookResource webhooks) {
    routes.add("GET", ALL, Access.LOGGED_IN, webhooks::list);
    routes.add("POST", ALL, Access.LOGGED_IN, webhooks::create);
    routes.add("DELETE", ONE, Access.LOGGED_IN, webhooks::delete);
    routes.add("POST", ONE + "/test", Access.LOGGED_IN, webhooks::test);
  }
}

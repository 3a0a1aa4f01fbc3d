package org.expmaster.webhook.rest;

import org.expmaster.plugin.http.Access;
import org.expmaster.plugin.http.Routes;

/**
 * All REST routes of the plugin in one table, for audits. {@link Access} is the minimum that a
 * route requires of its caller; {@link Permissions} asks the master what a caller may do with a
 * webhook. A test calls every route as every kind of caller.
 */
public final class WebhookRoutes {
  private static final String ALL = "/api/v1/webhooks";
  private static final String ONE = ALL + "/{id}";
  private static final String DELIVERY = ONE + "/deliveries/{deliveryId}";
  private static final String KEY = "/api/v1/master/config/webhook_signing_key";

  private WebhookRoutes() {}

  /** Adds the routes of webhooks themselves. */
  public static void addWebhooks(
      Routes routes,
      WebhookResource webhooks,
      SwitchResource switches,
      WebhookListing listing,
      PreviewResource previews,
      ChoicesResource choices) {
    routes.add("GET", ALL, Access.LOGGED_IN, listing::list);
    routes.add("POST", ALL, Access.LOGGED_IN, webhooks::create);
    routes.add("GET", ALL + "/choices", Access.LOGGED_IN, choices::choices);
    routes.add("POST", ALL + "/preview", Access.LOGGED_IN, previews::preview);
    routes.add("GET", ONE, Access.LOGGED_IN, listing::get);
    routes.add("PATCH", ONE, Access.LOGGED_IN, webhooks::patch);
    routes.add("DELETE", ONE, Access.LOGGED_IN, webhooks::delete);
    routes.add("POST", ONE + "/enable", Access.LOGGED_IN, switches::enable);
    routes.add("POST", ONE + "/disable", Access.LOGGED_IN, switches::disable);
  }

  /** Adds the route of the document that describes all of them. */
  public static void addDocument(Routes routes, DocumentResource document) {
    routes.add("GET", ALL + "/openapi.yaml", Access.PUBLIC, document::get);
  }

  /** Adds the routes of what webhooks send. */
  public static void addDeliveries(
      Routes routes, TestResource tests, AlertResource alerts, DeliveryResource deliveries) {
    routes.add("POST", ALL + "/custom", Access.LOGGED_IN, alerts::alert);
    routes.add("POST", ONE + "/test", Access.LOGGED_IN, tests::test);
    routes.add("GET", ONE + "/deliveries", Access.LOGGED_IN, deliveries::list);
    routes.add("GET", DELIVERY, Access.LOGGED_IN, deliveries::get);
    routes.add("POST", DELIVERY + "/redeliver", Access.LOGGED_IN, deliveries::redeliver);
    routes.add("POST", ONE + "/redeliver", Access.LOGGED_IN, deliveries::redeliverDead);
  }

  /** Adds the route of what people did. */
  public static void addAudit(Routes routes, AuditResource audit) {
    routes.add("GET", ALL + "/audit", Access.ADMIN, audit::list);
  }

  /** Adds the routes of what signs them. */
  public static void addKeys(Routes routes, SecretResource secrets, SigningKeyResource key) {
    routes.add("GET", ONE + "/secret", Access.LOGGED_IN, secrets::show);
    routes.add("POST", ONE + "/secret/rotate", Access.LOGGED_IN, secrets::rotate);
    routes.add("POST", KEY + "/rotate", Access.ADMIN, key::rotate);
  }
}

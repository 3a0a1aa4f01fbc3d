package org.expmaster.webhook;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.expmaster.plugin.MasterContext;
import org.expmaster.plugin.http.Routes;
import org.expmaster.webhook.event.WebhookEvent.CustomAlert;
import org.expmaster.webhook.outbox.DeliveryHistory;
import org.expmaster.webhook.page.PageRoutes;
import org.expmaster.webhook.rest.AlertQuota;
import org.expmaster.webhook.rest.AlertResource;
import org.expmaster.webhook.rest.AuditResource;
import org.expmaster.webhook.rest.Auditing;
import org.expmaster.webhook.rest.BoundedRoutes;
import org.expmaster.webhook.rest.ChoicesResource;
import org.expmaster.webhook.rest.DeliveryResource;
import org.expmaster.webhook.rest.DocumentResource;
import org.expmaster.webhook.rest.DraftChecks;
import org.expmaster.webhook.rest.Permissions;
import org.expmaster.webhook.rest.PreviewResource;
import org.expmaster.webhook.rest.SecretResource;
import org.expmaster.webhook.rest.SigningKeyResource;
import org.expmaster.webhook.rest.SwitchResource;
import org.expmaster.webhook.rest.TestResource;
import org.expmaster.webhook.rest.UrlCheck;
import org.expmaster.webhook.rest.WebhookAccess;
import org.expmaster.webhook.rest.WebhookListing;
import org.expmaster.webhook.rest.WebhookResource;
import org.expmaster.webhook.rest.WebhookRoutes;

/** Registers the plugin's routes with the master, each resource with what it needs. */
final class Routing {
  /** How long the creation of a webhook waits for its host to be looked up. */
  private static final Duration URL_CHECK = Duration.ofSeconds(3);

  private final Webhooks webhooks;
  private final MasterContext master;
  private final Stores stores;
  private final QuotaSettings quotas;
  private final Permissions permissions;
  private final WebhookAccess access;
  private final Auditing auditing;

  private Routing(Webhooks webhooks) {
    this.webhooks = webhooks;
    master = webhooks.master;
    stores = webhooks.stores;
    quotas = webhooks.settings.quotas();
    permissions = new Permissions(master.webhookPermissions());
    access = new WebhookAccess(webhooks.registry, permissions);
    auditing = new Auditing(stores.audit);
  }

  static void add(Webhooks webhooks) {
    PageRoutes.add(webhooks.master.routes());
    Routing routing = new Routing(webhooks);
    Routes bounded =
        new BoundedRoutes(
            webhooks.master.routes(), routing.quotas.requestBytes(), QuotaSettings.REQUEST);
    routing.addWebhooks(bounded);
    routing.addDeliveries(bounded);
    routing.addKeys(bounded);
    WebhookRoutes.addDocument(bounded, new DocumentResource());
  }

  private void addWebhooks(Routes routes) {
    WebhookRoutes.addWebhooks(
        routes,
        new WebhookResource(
            webhooks.registry,
            permissions,
            access,
            new DraftChecks(
                quotas.triggersPerWebhook(),
                QuotaSettings.TRIGGERS,
                new UrlCheck(webhooks.destinations, URL_CHECK)::require),
            auditing,
            webhooks.delivery::heed),
        new SwitchResource(
            access, stores.health, auditing, webhooks.delivery::heed, master.clock()),
        new WebhookListing(
            webhooks.registry, access, permissions, stores.health, stores.tally, stores.cutShorts),
        new PreviewResource(webhooks.payloads, master.clock()),
        new ChoicesResource(webhooks.payloads, quotas.triggersPerWebhook()));
  }

  private void addDeliveries(Routes routes) {
    WebhookRoutes.addDeliveries(
        routes,
        new TestResource(
            access,
            webhooks.payloads,
            webhooks.sender,
            auditing,
            webhooks.settings.requestTimeout(),
            master.clock()),
        new AlertResource(
            master.experiments(),
            this::publish,
            new AlertQuota(quotas.alertsPerMinute(), QuotaSettings.ALERTS, master.clock()),
            master.clock()),
        new DeliveryResource(
            access,
            new DeliveryHistory(webhooks.database, stores.time),
            stores.health,
            webhooks.payloads,
            auditing,
            webhookId -> webhooks.delivery.announce(List.of(webhookId))));
  }

  private void addKeys(Routes routes) {
    WebhookRoutes.addKeys(
        routes,
        new SecretResource(
            webhooks.registry, access, auditing, webhooks.settings.keyOverlap(), stores.time),
        new SigningKeyResource(webhooks.keys, auditing));
    WebhookRoutes.addAudit(routes, new AuditResource(stores.audit));
  }

  private void publish(CustomAlert alert) throws SQLException {
    List<Long> webhookIds =
        webhooks.database.inTransaction(
            connection -> webhooks.publisher.publish(alert, connection));
    webhooks.delivery.announce(webhookIds);
  }
}

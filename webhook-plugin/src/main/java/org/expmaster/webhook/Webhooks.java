package org.expmaster.webhook;

import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.expmaster.plugin.MasterContext;
import org.expmaster.webhook.PeriodicExecutor.Job;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.delivery.DeliveryBounds;
import org.expmaster.webhook.delivery.DeliveryParts;
import org.expmaster.webhook.delivery.DeliveryService;
import org.expmaster.webhook.delivery.RetrySchedule;
import org.expmaster.webhook.delivery.Verdict;
import org.expmaster.webhook.egress.AddressGuard;
import org.expmaster.webhook.egress.Destinations;
import org.expmaster.webhook.egress.NameService;
import org.expmaster.webhook.egress.OwnAddresses;
import org.expmaster.webhook.event.WebhookEvent.CustomAlert;
import org.expmaster.webhook.http.DirectAttempt;
import org.expmaster.webhook.http.HttpSender;
import org.expmaster.webhook.http.Sender;
import org.expmaster.webhook.match.Concerns;
import org.expmaster.webhook.match.LogMatcher;
import org.expmaster.webhook.match.LogMatcher.CutShort;
import org.expmaster.webhook.match.MetricMatcher;
import org.expmaster.webhook.match.TriggerMatcher;
import org.expmaster.webhook.outbox.DeliveryHistory;
import org.expmaster.webhook.page.PageRoutes;
import org.expmaster.webhook.payload.Payloads;
import org.expmaster.webhook.publish.EventPublisher;
import org.expmaster.webhook.publish.OncePublisher;
import org.expmaster.webhook.registry.WebhookRegistry;
import org.expmaster.webhook.rest.AlertQuota;
import org.expmaster.webhook.rest.AlertResource;
import org.expmaster.webhook.rest.BoundedRoutes;
import org.expmaster.webhook.rest.ChoicesResource;
import org.expmaster.webhook.rest.DeliveryResource;
import org.expmaster.webhook.rest.DraftChecks;
import org.expmaster.webhook.rest.Permissions;
import org.expmaster.webhook.rest.PreviewResource;
import org.expmaster.webhook.rest.SigningKeyResource;
import org.expmaster.webhook.rest.SwitchResource;
import org.expmaster.webhook.rest.TestResource;
import org.expmaster.webhook.rest.UrlCheck;
import org.expmaster.webhook.rest.WebhookAccess;
import org.expmaster.webhook.rest.WebhookListing;
import org.expmaster.webhook.rest.WebhookResource;
import org.expmaster.webhook.rest.WebhookRoutes;
import org.expmaster.webhook.signing.KeyRing;
import org.expmaster.webhook.telling.Telling;

/** The plugin, wired: the one place where the rooms meet. */
final class Webhooks {
  /** How soon what another master was told is known here: a new webhook, a rotated key. */
  private static final Duration FOLLOW = Duration.ofSeconds(1);

  /** How long whoever creates a webhook waits for its host to be looked up. */
  private static final Duration URL_CHECK = Duration.ofSeconds(3);

  private final MasterContext master;
  private final WebhookSettings settings;
  private final Database database;
  private final Stores stores;
  private final Telling telling = new Telling();
  private final KeyRing keys;
  private final WebhookRegistry registry;
  private final Payloads payloads;
  private final Destinations destinations;
  private final Sender sender;
  private final DeliveryService delivery;
  private final EventPublisher publisher;
  private final LogMatcher logs;
  private final OncePublisher oncePublisher;

  private Webhooks(MasterContext master) throws SQLException {
    this.master = master;
    settings = WebhookSettings.read(master.settings());
    database = Database.open(master.dataSource());
    stores = new Stores(database, master.clock());
    keys = keys();
    registry = new WebhookRegistry(database, settings.quotas().webhooks(), master.clock());
    payloads = new Payloads(settings.payloadVersion(), settings.baseUrl());
    destinations =
        new Destinations(
            new AddressGuard(
                settings.egress().allowedNetworks(), OwnAddresses.ofThisMachine(stores.time)),
            settings.egress().proxy(),
            NameService.SYSTEM,
            stores.time);
    sender =
        new HttpSender(
            new Sender.Limits(settings.connectTimeout(), settings.requestTimeout()),
            settings.maxInFlight() + settings.maxSlow(),
            "expmaster-webhooks/1.0",
            destinations);
    delivery = delivery();
    publisher = new EventPublisher(new TriggerMatcher(registry::snapshot), payloads, stores.outbox);
    Concerns concerns = new Concerns(master.clock());
    logs = new LogMatcher(registry::snapshot, concerns);
    oncePublisher = once(concerns);
  }

  /** Reads the settings, brings the tables up to date, and registers with the master. */
  static Webhooks start(MasterContext master) throws SQLException {
    Webhooks webhooks = new Webhooks(master);
    try {
      webhooks.addRoutes();
      webhooks.addExecutors();
      return webhooks;
    } catch (RuntimeException failed) {
      webhooks.stop();
      throw failed;
    }
  }

  private OncePublisher once(Concerns concerns) {
    return new OncePublisher(
        logs,
        new MetricMatcher(registry::snapshot, concerns),
        concerns,
        stores.fired,
        publisher,
        new OncePublisher.Outlet(delivery::announce, this::cutShort, master.clock()));
  }

  private void cutShort(List<CutShort> triggers) {
    telling.tell(
        () ->
            triggers.forEach(
                trigger -> stores.cutShorts.count(trigger.webhookId(), trigger.triggerId())),
        () -> master.meters().counter("webhooks.log.cut_short").increment(triggers.size()));
  }

  /**
   * What another master's users have edited; its patterns are compiled before a line needs them.
   */
  private void followRegistry() {
    registry.refresh();
    logs.prepare();
  }

  private KeyRing keys() {
    return settings
        .signingKeys()
        .map(configured -> KeyRing.configured(configured, master.clock()))
        .orElseGet(() -> KeyRing.kept(database, master.clock(), settings.keyOverlap()));
  }

  private DeliveryService delivery() {
    RetrySchedule schedule = new RetrySchedule(settings.retrySchedule(), new SecureRandom());
    return new DeliveryService(
        new DeliveryParts(
            database,
            stores.outbox,
            stores.health,
            new RegistryTargets(registry, settings.maxInFlightPerWebhook()),
            keys::signer,
            sender,
            new Verdict(schedule, stores.time, master.meters(), stores.tally, telling),
            stores.time),
        new DeliveryBounds(
            settings.lease(),
            settings.maxInFlight(),
            settings.maxSlow(),
            settings.pollInterval(),
            settings.disableAfter()));
  }

  private void addRoutes() {
    PageRoutes.add(master.routes());
    Permissions permissions = new Permissions(master.experiments());
    WebhookAccess access = new WebhookAccess(registry, permissions);
    QuotaSettings quotas = settings.quotas();
    WebhookRoutes.add(
        new BoundedRoutes(master.routes(), quotas.requestBytes(), QuotaSettings.REQUEST),
        new WebhookResource(
            registry,
            permissions,
            access,
            new DraftChecks(
                quotas.triggersPerWebhook(),
                QuotaSettings.TRIGGERS,
                new UrlCheck(destinations, URL_CHECK)::require),
            delivery::heed),
        new SwitchResource(access, stores.health, delivery::heed, master.clock()),
        new WebhookListing(
            registry, access, permissions, stores.health, stores.tally, stores.cutShorts),
        new PreviewResource(payloads, master.clock()),
        new ChoicesResource(payloads, quotas.triggersPerWebhook()),
        new TestResource(
            access,
            payloads,
            new DirectAttempt(keys::signer, sender),
            settings.requestTimeout(),
            master.clock()),
        new AlertResource(
            master.experiments(),
            this::publish,
            new AlertQuota(quotas.alertsPerMinute(), QuotaSettings.ALERTS, master.clock()),
            master.clock()),
        new DeliveryResource(
            access,
            new DeliveryHistory(database, stores.time),
            stores.health,
            webhookId -> delivery.announce(List.of(webhookId))),
        new SigningKeyResource(keys));
  }

  private void publish(CustomAlert alert) throws SQLException {
    delivery.announce(database.inTransaction(connection -> publisher.publish(alert, connection)));
  }

  private void addExecutors() {
    master.executors().register(new DeliveryExecutor(delivery));
    List<Job> following = new ArrayList<>(stores.following());
    following.add(new Job("registry", FOLLOW, this::followRegistry));
    following.add(new Job("signing-key", FOLLOW, keys::refresh));
    master.executors().register(new PeriodicExecutor("following", following));
    master.executors().register(stores.upkeep(settings));
  }

  OncePublisher oncePublisher() {
    return oncePublisher;
  }

  EventPublisher publisher() {
    return publisher;
  }

  DeliveryService deliveries() {
    return delivery;
  }

  String revealKey() {
    return keys.signer().keys().current().reveal();
  }

  Optional<String> baseUrl() {
    return settings.baseUrl().map(Object::toString);
  }

  /** Ends what {@link #start} began; the master has drained the executors before. */
  void stop() {
    sender.close();
  }
}

package org.expmaster.webhook;

import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.expmaster.plugin.ExecutorRegistry;
import org.expmaster.plugin.MasterContext;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.db.SharedClock;
import org.expmaster.webhook.delivery.DeliveryBounds;
import org.expmaster.webhook.delivery.DeliveryParts;
import org.expmaster.webhook.delivery.DeliveryService;
import org.expmaster.webhook.delivery.DirectAttempt;
import org.expmaster.webhook.delivery.HttpSender;
import org.expmaster.webhook.delivery.RetrySchedule;
import org.expmaster.webhook.delivery.Sender;
import org.expmaster.webhook.delivery.Verdict;
import org.expmaster.webhook.egress.AddressGuard;
import org.expmaster.webhook.egress.Destinations;
import org.expmaster.webhook.egress.NameService;
import org.expmaster.webhook.egress.OwnAddresses;
import org.expmaster.webhook.event.WebhookEvent.CustomAlert;
import org.expmaster.webhook.health.CutShorts;
import org.expmaster.webhook.health.HealthStore;
import org.expmaster.webhook.health.Tally;
import org.expmaster.webhook.match.Concerns;
import org.expmaster.webhook.match.LogMatcher;
import org.expmaster.webhook.match.LogMatcher.CutShort;
import org.expmaster.webhook.match.MetricMatcher;
import org.expmaster.webhook.match.TriggerMatcher;
import org.expmaster.webhook.outbox.DeletedWebhooks;
import org.expmaster.webhook.outbox.DeliveryHistory;
import org.expmaster.webhook.outbox.FiredTriggers;
import org.expmaster.webhook.outbox.Outbox;
import org.expmaster.webhook.outbox.Retention;
import org.expmaster.webhook.outbox.WaitingLimit;
import org.expmaster.webhook.page.PageRoutes;
import org.expmaster.webhook.payload.Payloads;
import org.expmaster.webhook.registry.WebhookRegistry;
import org.expmaster.webhook.rest.AlertQuota;
import org.expmaster.webhook.rest.AlertResource;
import org.expmaster.webhook.rest.BoundedRoutes;
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

/** The plugin, wired: the one place where the rooms meet. */
final class Webhooks {
  /** How soon what another master was told is known here: a new webhook, a rotated key. */
  private static final Duration FOLLOW = Duration.ofSeconds(1);

  /** How soon the picture of a webhook's last day shows an attempt. */
  private static final Duration TALLY = Duration.ofSeconds(2);

  private static final Duration PURGE = Duration.ofMinutes(1);

  /** For how long what fires once does not fire again; a task seldom lives so long. */
  private static final Duration KEEP_FIRED = Duration.ofDays(90);

  /** How long whoever creates a webhook waits for its host to be looked up. */
  private static final Duration URL_CHECK = Duration.ofSeconds(3);

  private final MasterContext master;
  private final WebhookSettings settings;
  private final Database database;
  private final SharedClock steady;
  private final KeyRing keys;
  private final WebhookRegistry registry;
  private final HealthStore health;
  private final Tally tally;
  private final Outbox outbox;
  private final Payloads payloads;
  private final Destinations destinations;
  private final Sender sender;
  private final DeliveryService delivery;
  private final EventPublisher publisher;
  private final FiredTriggers fired;
  private final CutShorts cutShorts;
  private final LogMatcher logs;
  private final OncePublisher oncePublisher;

  private Webhooks(MasterContext master) throws SQLException {
    this.master = master;
    settings = WebhookSettings.read(master.settings());
    database = Database.open(master.dataSource());
    steady = SharedClock.start(database, master.clock(), Outbox.newest(database));
    keys = keys();
    registry = new WebhookRegistry(database, settings.quotas().webhooks(), master.clock());
    health = new HealthStore(database);
    tally = new Tally(database, steady);
    outbox = new Outbox(database, steady);
    payloads = new Payloads(settings.payloadVersion(), settings.baseUrl());
    destinations =
        new Destinations(
            new AddressGuard(
                settings.egress().allowedNetworks(), OwnAddresses.ofThisMachine(steady)),
            settings.egress().proxy(),
            NameService.SYSTEM,
            steady);
    sender =
        new HttpSender(
            new Sender.Limits(settings.connectTimeout(), settings.requestTimeout()),
            settings.maxInFlight() + settings.maxSlow(),
            "expmaster-webhooks/1.0",
            destinations);
    delivery = delivery();
    publisher = new EventPublisher(new TriggerMatcher(registry::snapshot), payloads, outbox);
    fired = new FiredTriggers(database, master.clock(), KEEP_FIRED);
    cutShorts = new CutShorts(database, master.clock());
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
        fired,
        publisher,
        new OncePublisher.Outlet(delivery::announce, this::cutShort, master.clock()));
  }

  private void cutShort(List<CutShort> triggers) {
    triggers.forEach(trigger -> cutShorts.count(trigger.webhookId(), trigger.triggerId()));
    master.meters().counter("webhooks.log.cut_short").increment(triggers.size());
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
            outbox,
            health,
            new RegistryTargets(registry, settings.maxInFlightPerWebhook()),
            keys::signer,
            sender,
            new Verdict(schedule, steady, master.meters(), tally),
            steady),
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
        new SwitchResource(access, health, delivery::heed, master.clock()),
        new WebhookListing(registry, access, permissions, health, tally, cutShorts),
        new PreviewResource(payloads, master.clock()),
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
            new DeliveryHistory(database, steady),
            webhookId -> delivery.announce(List.of(webhookId))),
        new SigningKeyResource(keys));
  }

  private void publish(CustomAlert alert) throws SQLException {
    delivery.announce(database.inTransaction(connection -> publisher.publish(alert, connection)));
  }

  private void addExecutors() {
    Retention retention =
        new Retention(database, steady, settings.keepDelivered(), settings.keepDead());
    DeletedWebhooks deleted = new DeletedWebhooks(database, master.clock());
    WaitingLimit waiting = new WaitingLimit(database, steady, settings.keepWaiting());
    ExecutorRegistry executors = master.executors();
    executors.register(new DeliveryExecutor(delivery));
    executors.register(new PeriodicExecutor("clock", SharedClock.PERIOD, steady::measure));
    executors.register(new PeriodicExecutor("registry", FOLLOW, this::followRegistry));
    executors.register(new PeriodicExecutor("signing-key", FOLLOW, keys::refresh));
    executors.register(new PeriodicExecutor("tally", TALLY, tally::write));
    executors.register(new PeriodicExecutor("cut-short", TALLY, cutShorts::write));
    executors.register(new PeriodicExecutor("tally-purge", PURGE, tally::purge));
    executors.register(new PeriodicExecutor("cut-short-purge", PURGE, cutShorts::purge));
    executors.register(new PeriodicExecutor("health", PURGE, health::forgetDeleted));
    executors.register(new PeriodicExecutor("retention", PURGE, retention::purge));
    executors.register(new PeriodicExecutor("waiting-limit", PURGE, waiting::enforce));
    executors.register(new PeriodicExecutor("deleted-webhooks", FOLLOW, deleted::forget));
    executors.register(new PeriodicExecutor("fired-triggers", PURGE, fired::purge));
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

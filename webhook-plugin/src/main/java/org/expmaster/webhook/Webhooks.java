package org.expmaster.webhook;

import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.expmaster.plugin.MasterContext;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.delivery.DeliveryBounds;
import org.expmaster.webhook.delivery.DeliveryMeters;
import org.expmaster.webhook.delivery.DeliveryService;
import org.expmaster.webhook.delivery.RetryPolicy;
import org.expmaster.webhook.delivery.RetrySchedule;
import org.expmaster.webhook.egress.AddressGuard;
import org.expmaster.webhook.egress.Destinations;
import org.expmaster.webhook.egress.NameService;
import org.expmaster.webhook.egress.OwnAddresses;
import org.expmaster.webhook.http.HttpSender;
import org.expmaster.webhook.http.Sender;
import org.expmaster.webhook.http.SignedSender;
import org.expmaster.webhook.match.Complaints;
import org.expmaster.webhook.match.Concerns;
import org.expmaster.webhook.match.LogMatcher;
import org.expmaster.webhook.match.LogMatcher.CutShort;
import org.expmaster.webhook.match.LogMeters;
import org.expmaster.webhook.match.MetricMatcher;
import org.expmaster.webhook.match.TriggerMatcher;
import org.expmaster.webhook.payload.Payloads;
import org.expmaster.webhook.publish.CatchUp;
import org.expmaster.webhook.publish.CatchUpStore;
import org.expmaster.webhook.publish.EventPublisher;
import org.expmaster.webhook.publish.LateEnds;
import org.expmaster.webhook.publish.LateMeters;
import org.expmaster.webhook.publish.OncePublisher;
import org.expmaster.webhook.registry.WebhookRegistry;
import org.expmaster.webhook.signing.KeyRing;
import org.expmaster.webhook.signing.SigningKeys;
import org.expmaster.webhook.telling.Log;
import org.expmaster.webhook.telling.Meters;
import org.expmaster.webhook.telling.Telling;

/** Wires the plugin: the only class, with {@link Routing}, that knows all its packages. */
final class Webhooks implements OncePublisher.Listener {
  private static final Log log = Log.of(Webhooks.class);

  /** How long a few results wait for more, so that they share a transaction. */
  private static final Duration LINGER = Duration.ofMillis(2);

  /** How many of the latest ends are read again at every look, for those that appear late. */
  private static final int REMEMBERED_ENDS = 10_000;

  final MasterContext master;
  final WebhookSettings settings;
  final Database database;
  final Stores stores;
  private final Telling telling = new Telling();
  final Meters meters;
  private final LogMeters logMeters;
  final KeyRing keys;
  final WebhookRegistry registry;
  final Payloads payloads;
  final Destinations destinations;
  final SignedSender sender;
  final DeliveryService delivery;
  final EventPublisher publisher;
  final LogMatcher logs;
  final OncePublisher oncePublisher;
  final CatchUp catchUp;

  private Webhooks(MasterContext master, Meters meters) throws SQLException {
    this.master = master;
    this.meters = meters;
    logMeters = new LogMeters(meters);
    settings = WebhookSettings.read(master.settings());
    database = Database.open(master.dataSource());
    stores = new Stores(database, master.clock(), meters);
    keys = keys();
    registry = new WebhookRegistry(database, settings.quotas().webhooks(), stores.time);
    payloads = new Payloads(settings.payloadVersion(), settings.baseUrl());
    destinations = destinations();
    MasterTraces traces = new MasterTraces(master.tracing());
    sender = sender(traces);
    delivery = delivery();
    Complaints complaints = new Complaints();
    publisher =
        new EventPublisher(
            new TriggerMatcher(registry::snapshot, complaints),
            payloads,
            stores.outbox,
            traces::current);
    Concerns concerns = new Concerns(master.clock(), complaints);
    logs = new LogMatcher(registry::snapshot, concerns, master.clock());
    oncePublisher = once(concerns);
    catchUp = catchUp();
  }

  /** Reads the settings, migrates the tables, and registers with the master. */
  static Webhooks start(MasterContext master) throws SQLException {
    Meters meters = new Meters(master.meters());
    try {
      Webhooks webhooks = new Webhooks(master, meters);
      webhooks.register();
      return webhooks;
    } catch (SQLException | RuntimeException | Error failed) {
      meters.close();
      throw failed;
    }
  }

  private void register() {
    try {
      Routing.add(this);
      new BackgroundWork(this).register();
    } catch (RuntimeException | Error failed) {
      stop();
      throw failed;
    }
  }

  private Destinations destinations() {
    return new Destinations(
        new AddressGuard(
            settings.egress().allowedNetworks(), OwnAddresses.ofThisMachine(stores.time)),
        settings.egress().proxy(),
        NameService.SYSTEM,
        stores.time);
  }

  private SignedSender sender(MasterTraces traces) {
    return new SignedSender(
        keys::signer,
        new HttpSender(
            new Sender.Limits(settings.connectTimeout(), settings.requestTimeout()),
            settings.maxInFlight() + settings.maxSlow(),
            "expmaster-webhooks/1.0",
            destinations),
        traces);
  }

  private OncePublisher once(Concerns concerns) {
    return new OncePublisher(
        logs,
        new MetricMatcher(registry::snapshot, concerns),
        concerns,
        stores.fired,
        publisher,
        this);
  }

  private CatchUp catchUp() {
    return new CatchUp(
        master.experiments(),
        new CatchUpStore(database, REMEMBERED_ENDS),
        new LateEnds(
            master.experiments(),
            database,
            registry,
            publisher,
            delivery::announce,
            new LateMeters(meters)),
        master.clock(),
        stores.time,
        settings.catchUp());
  }

  @Override
  public void committed(List<Long> webhookIds) {
    delivery.announce(webhookIds);
  }

  @Override
  public void cutShort(List<CutShort> triggers, long refused) {
    telling.tell(
        () ->
            triggers.forEach(
                trigger -> stores.cutShorts.count(trigger.webhookId(), trigger.triggerId())),
        () -> logMeters.searched(triggers.size(), refused));
  }

  private KeyRing keys() {
    SigningSettings.doubts(master.settings()).forEach(doubt -> log.warn("{}", doubt));
    KeyRing ring =
        settings
            .signingKeys()
            .map(configured -> KeyRing.configured(configured, stores.time, master.clock()))
            .orElseGet(
                () -> KeyRing.kept(database, stores.time, master.clock(), settings.keyOverlap()));
    log.info(
        "deliveries are signed with the key {}",
        SigningSettings.words(ring.source(), master.settings()));
    return ring;
  }

  private DeliveryService delivery() {
    RetrySchedule schedule = new RetrySchedule(settings.retrySchedule(), new SecureRandom());
    return new DeliveryService(
        stores.outbox,
        stores.health,
        new RegistryTargets(registry, settings.maxInFlightPerWebhook()),
        sender,
        new RetryPolicy(
            schedule, stores.time, new DeliveryMeters(meters, this::typeOf), stores.tally, telling),
        new DeliveryBounds(
            settings.lease(),
            settings.maxInFlight(),
            settings.maxSlow(),
            LINGER,
            settings.pollInterval(),
            settings.disableAfter()));
  }

  /** Names a webhook's type for metrics. */
  private String typeOf(long webhookId) {
    return registry
        .snapshot()
        .find(webhookId)
        .map(webhook -> webhook.form().type().name().toLowerCase(Locale.ROOT))
        .orElse("deleted");
  }

  SigningKeys signingKeys() {
    return keys.signer().keys();
  }

  Optional<String> baseUrl() {
    return settings.baseUrl().map(Object::toString);
  }

  /** Releases what {@link #start} opened; the master has drained the executors before. */
  void stop() {
    meters.close();
    sender.sender().close();
  }
}

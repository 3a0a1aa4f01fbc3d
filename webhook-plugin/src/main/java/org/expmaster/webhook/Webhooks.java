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
import org.expmaster.webhook.match.MetricMatcher;
import org.expmaster.webhook.match.TriggerMatcher;
import org.expmaster.webhook.payload.Payloads;
import org.expmaster.webhook.publish.CatchUp;
import org.expmaster.webhook.publish.CatchUpStore;
import org.expmaster.webhook.publish.EventPublisher;
import org.expmaster.webhook.publish.LateEnds;
import org.expmaster.webhook.publish.OncePublisher;
import org.expmaster.webhook.registry.WebhookRegistry;
import org.expmaster.webhook.signing.KeyRing;
import org.expmaster.webhook.signing.SigningKeys;
import org.expmaster.webhook.telling.Log;
import org.expmaster.webhook.telling.Telling;

/** Wires the plugin: the only class, with {@link Routing}, that knows all its packages. */
final class Webhooks implements OncePublisher.Listener {
  private static final Log log = Log.of(Webhooks.class);

  /** Period for reading changes made on other masters: new webhooks, rotated keys. */
  private static final Duration FOLLOW = Duration.ofSeconds(1);

  /** How long a few results wait for more, so that they share a transaction. */
  private static final Duration LINGER = Duration.ofMillis(2);

  /** How many of the latest ends are read again at every look, for those that appear late. */
  private static final int REMEMBERED_ENDS = 10_000;

  final MasterContext master;
  final WebhookSettings settings;
  final Database database;
  final Stores stores;
  private final Telling telling = new Telling();
  final KeyRing keys;
  final WebhookRegistry registry;
  final Payloads payloads;
  final Destinations destinations;
  final SignedSender sender;
  final DeliveryService delivery;
  final EventPublisher publisher;
  private final LogMatcher logs;
  final OncePublisher oncePublisher;
  private final CatchUp catchUp;

  private Webhooks(MasterContext master) throws SQLException {
    this.master = master;
    settings = WebhookSettings.read(master.settings());
    database = Database.open(master.dataSource());
    stores = new Stores(database, master.clock());
    keys = keys();
    registry = new WebhookRegistry(database, settings.quotas().webhooks(), stores.time);
    payloads = new Payloads(settings.payloadVersion(), settings.baseUrl());
    destinations =
        new Destinations(
            new AddressGuard(
                settings.egress().allowedNetworks(), OwnAddresses.ofThisMachine(stores.time)),
            settings.egress().proxy(),
            NameService.SYSTEM,
            stores.time);
    sender =
        new SignedSender(
            keys::signer,
            new HttpSender(
                new Sender.Limits(settings.connectTimeout(), settings.requestTimeout()),
                settings.maxInFlight() + settings.maxSlow(),
                "expmaster-webhooks/1.0",
                destinations));
    delivery = delivery();
    Complaints complaints = new Complaints();
    publisher =
        new EventPublisher(
            new TriggerMatcher(registry::snapshot, complaints), payloads, stores.outbox);
    Concerns concerns = new Concerns(master.clock(), complaints);
    logs = new LogMatcher(registry::snapshot, concerns, master.clock());
    oncePublisher = once(concerns);
    catchUp = catchUp();
  }

  /** Reads the settings, migrates the tables, and registers with the master. */
  static Webhooks start(MasterContext master) throws SQLException {
    Webhooks webhooks = new Webhooks(master);
    try {
      Routing.add(webhooks);
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
        this);
  }

  private CatchUp catchUp() {
    return new CatchUp(
        master.experiments(),
        new CatchUpStore(database, REMEMBERED_ENDS),
        new LateEnds(master.experiments(), database, registry, publisher, delivery::announce),
        master.clock(),
        stores.time,
        settings.catchUp());
  }

  @Override
  public void committed(List<Long> webhookIds) {
    delivery.announce(webhookIds);
  }

  @Override
  public void cutShort(List<CutShort> triggers) {
    telling.tell(
        () ->
            triggers.forEach(
                trigger -> stores.cutShorts.count(trigger.webhookId(), trigger.triggerId())),
        () -> master.meters().counter("webhooks.log.cut_short").increment(triggers.size()));
  }

  /** Reads edits made on other masters, and compiles new patterns before a log line needs them. */
  private void followRegistry() {
    registry.refresh();
    logs.prepare();
  }

  private KeyRing keys() {
    SigningSettings.doubts(master.settings()).forEach(doubt -> log.warn("{}", doubt));
    return settings
        .signingKeys()
        .map(configured -> KeyRing.configured(configured, stores.time, master.clock()))
        .orElseGet(
            () -> KeyRing.kept(database, stores.time, master.clock(), settings.keyOverlap()));
  }

  private DeliveryService delivery() {
    RetrySchedule schedule = new RetrySchedule(settings.retrySchedule(), new SecureRandom());
    return new DeliveryService(
        stores.outbox,
        stores.health,
        new RegistryTargets(registry, settings.maxInFlightPerWebhook()),
        sender,
        new RetryPolicy(schedule, stores.time, master.meters(), stores.tally, telling),
        new DeliveryBounds(
            settings.lease(),
            settings.maxInFlight(),
            settings.maxSlow(),
            LINGER,
            settings.pollInterval(),
            settings.disableAfter()));
  }

  private void addExecutors() {
    master.executors().register(new DeliveryExecutor(delivery));
    List<Job> following = new ArrayList<>(stores.following());
    following.add(new Job("registry", FOLLOW, this::followRegistry));
    following.add(new Job("signing-key", FOLLOW, keys::refresh));
    master.executors().register(new PeriodicExecutor("following", following));
    master.executors().register(stores.upkeep(settings, registry, catchUp));
    if (catchUp.begin()) {
      Job look = Job.atOnce("catch-up", settings.catchUp().every(), catchUp::look);
      master
          .executors()
          .register(new PeriodicExecutor("catching-up", List.of(look), catchUp::stop));
    } else {
      log.info(
          "this master does not tell which experiments have ended: what ends while this plugin is"
              + " away, or its listener fails, will not be told");
    }
  }

  SigningKeys signingKeys() {
    return keys.signer().keys();
  }

  Optional<String> baseUrl() {
    return settings.baseUrl().map(Object::toString);
  }

  /** Releases what {@link #start} opened; the master has drained the executors before. */
  void stop() {
    sender.sender().close();
  }
}

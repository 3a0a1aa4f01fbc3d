package org.expmaster.webhook;

import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.expmaster.plugin.MasterContext;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.delivery.DeliveryParts;
import org.expmaster.webhook.delivery.DeliveryService;
import org.expmaster.webhook.delivery.DirectAttempt;
import org.expmaster.webhook.delivery.HttpSender;
import org.expmaster.webhook.delivery.RetrySchedule;
import org.expmaster.webhook.delivery.Sender;
import org.expmaster.webhook.delivery.Target;
import org.expmaster.webhook.delivery.Verdict;
import org.expmaster.webhook.match.TriggerMatcher;
import org.expmaster.webhook.outbox.Outbox;
import org.expmaster.webhook.payload.Payloads;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.WebhookRegistry;
import org.expmaster.webhook.rest.Permissions;
import org.expmaster.webhook.rest.WebhookResource;
import org.expmaster.webhook.rest.WebhookRoutes;
import org.expmaster.webhook.signing.Signer;
import org.expmaster.webhook.signing.SigningKey;
import org.expmaster.webhook.signing.SigningKeyStore;

/** The plugin, wired: the one place where the rooms meet. */
final class Webhooks {
  /** How soon a webhook made on another master is known here. */
  private static final Duration REGISTRY_REFRESH = Duration.ofSeconds(1);

  private final WebhookSettings settings;
  private final SigningKey key;
  private final EventPublisher publisher;
  private final DeliveryService delivery;

  private Webhooks(
      WebhookSettings settings,
      SigningKey key,
      EventPublisher publisher,
      DeliveryService delivery) {
    this.settings = settings;
    this.key = key;
    this.publisher = publisher;
    this.delivery = delivery;
  }

  /** Reads the settings, brings the tables up to date, and registers with the master. */
  static Webhooks start(MasterContext master) throws SQLException {
    WebhookSettings settings = WebhookSettings.read(master.settings());
    Database database = Database.open(master.dataSource());
    SigningKey key =
        settings
            .signingKey()
            .orElseGet(() -> new SigningKeyStore(database, master.clock()).keptOrMade());
    Signer signer = new Signer(key);
    WebhookRegistry registry = new WebhookRegistry(database, master.clock());
    Outbox outbox = new Outbox(database, master.clock());
    outbox.dropOrphans();
    Sender sender = sender(settings);
    DeliveryService delivery =
        new DeliveryService(
            new DeliveryParts(
                outbox,
                id -> registry.snapshot().find(id).map(webhook -> target(webhook, settings)),
                () -> signer,
                sender,
                new Verdict(
                    new RetrySchedule(settings.retrySchedule(), new SecureRandom()),
                    master.clock(),
                    master.meters()),
                master.clock()),
            new DeliveryService.Bounds(
                settings.lease(), settings.maxInFlight(), settings.pollInterval()));
    Payloads payloads = new Payloads();
    WebhookRoutes.add(
        master.routes(),
        new WebhookResource(
            registry,
            new Permissions(master.experiments()),
            payloads,
            new DirectAttempt(() -> signer, sender, master.clock()),
            master.clock()));
    master.executors().register(new DeliveryExecutor(delivery));
    master
        .executors()
        .register(new PeriodicExecutor("registry", REGISTRY_REFRESH, registry::refresh));
    return new Webhooks(
        settings,
        key,
        new EventPublisher(new TriggerMatcher(registry::snapshot), payloads, outbox),
        delivery);
  }

  private static Sender sender(WebhookSettings settings) {
    return new HttpSender(
        new Sender.Limits(settings.connectTimeout(), settings.requestTimeout()),
        settings.maxInFlight(),
        "expmaster-webhooks/1.0");
  }

  private static Target target(Webhook webhook, WebhookSettings settings) {
    return new Target(webhook.id(), webhook.url(), settings.maxInFlightPerWebhook());
  }

  EventPublisher publisher() {
    return publisher;
  }

  DeliveryService delivery() {
    return delivery;
  }

  SigningKey key() {
    return key;
  }

  Optional<String> baseUrl() {
    return settings.baseUrl().map(Object::toString);
  }
}

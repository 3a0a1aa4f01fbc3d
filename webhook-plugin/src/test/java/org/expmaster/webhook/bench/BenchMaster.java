package org.expmaster.webhook.bench;

import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.delivery.DeliveryBounds;
import org.expmaster.webhook.delivery.DeliveryMeters;
import org.expmaster.webhook.delivery.DeliveryService;
import org.expmaster.webhook.delivery.RetryPolicy;
import org.expmaster.webhook.delivery.RetrySchedule;
import org.expmaster.webhook.delivery.Target;
import org.expmaster.webhook.egress.NameService;
import org.expmaster.webhook.health.HealthStore;
import org.expmaster.webhook.health.Tally;
import org.expmaster.webhook.http.HttpSender;
import org.expmaster.webhook.http.Receiver;
import org.expmaster.webhook.http.Sender;
import org.expmaster.webhook.http.SignedSender;
import org.expmaster.webhook.outbox.Outbox;
import org.expmaster.webhook.registry.Endpoint;
import org.expmaster.webhook.registry.PayloadForm;
import org.expmaster.webhook.registry.RequestHeaders;
import org.expmaster.webhook.registry.Trigger;
import org.expmaster.webhook.registry.WebhookDraft;
import org.expmaster.webhook.registry.WebhookMode;
import org.expmaster.webhook.registry.WebhookRegistry;
import org.expmaster.webhook.signing.Signer;
import org.expmaster.webhook.signing.SigningKey;
import org.expmaster.webhook.signing.SigningKeys;
import org.expmaster.webhook.telling.Meters;
import org.expmaster.webhook.telling.Telling;
import org.expmaster.webhook.testing.TestDatabase;
import org.expmaster.webhook.testing.TestDestinations;

/** The pipeline as the plugin wires it, with the default limits, on a database of its own. */
final class BenchMaster implements AutoCloseable {
  static final Signer SIGNER =
      new Signer(SigningKeys.only(SigningKey.of("benchmark".repeat(7))), Clock.systemUTC());
  static final int PER_WEBHOOK = 32;
  static final int IN_ALL = 512;
  static final int SLOW = 4096;

  private final TestDatabase testDatabase;
  private final Database database;
  private final Clock clock = Clock.systemUTC();
  private final Outbox outbox;
  private final WebhookRegistry registry;
  private final List<Long> webhooks = new ArrayList<>();
  private final List<DeliveryService> services = new ArrayList<>();

  BenchMaster(TestDatabase testDatabase, List<URI> urls) {
    this.testDatabase = testDatabase;
    database = testDatabase.open();
    outbox = new Outbox(database, clock);
    registry = new WebhookRegistry(database, clock);
    for (URI url : urls) {
      webhooks.add(registry.create(draft(url), 1).id());
    }
  }

  private static WebhookDraft draft(URI url) {
    return new WebhookDraft(
        "",
        new Endpoint(url, RequestHeaders.NONE),
        PayloadForm.DEFAULT,
        WebhookMode.WORKSPACE,
        OptionalLong.empty(),
        List.of(new Trigger.StateChange(ExperimentState.COMPLETED)));
  }

  /** Starts delivering; each call adds a master. */
  void start() {
    DeliveryService service =
        new DeliveryService(
            outbox,
            new HealthStore(database),
            id ->
                registry
                    .snapshot()
                    .find(id)
                    .map(
                        found ->
                            new Target(
                                found.id(),
                                new Receiver(found.url(), Map.of(), found.secrets()),
                                PER_WEBHOOK)),
            new SignedSender(() -> SIGNER, sender(IN_ALL + SLOW)),
            new RetryPolicy(
                new RetrySchedule(List.of(Duration.ofMinutes(1)), new Random(1)),
                clock,
                new DeliveryMeters(Meters.unread(), webhookId -> "default"),
                new Tally(database, clock),
                new Telling()),
            new DeliveryBounds(
                Duration.ofMinutes(1),
                IN_ALL,
                SLOW,
                Duration.ofMillis(2),
                Duration.ofSeconds(1),
                Duration.ofDays(5)));
    service.start();
    services.add(service);
  }

  static Sender sender(int maxInFlight) {
    return new HttpSender(
        new Sender.Limits(Duration.ofSeconds(5), Duration.ofSeconds(15)),
        maxInFlight,
        "bench",
        TestDestinations.direct(NameService.SYSTEM, Clock.systemUTC(), "127.0.0.0/8"));
  }

  long webhook(int endpoint) {
    return webhooks.get(endpoint);
  }

  Database database() {
    return database;
  }

  Outbox outbox() {
    return outbox;
  }

  TestDatabase testDatabase() {
    return testDatabase;
  }

  void announce(long webhookId) {
    services.get(0).announce(List.of(webhookId));
  }

  /** Fills the outbox by SQL inside the database, which is fastest. */
  void fill(int endpoint, int rows, int bodyBytes) throws SQLException {
    String numbers =
        database.dialect().isShared()
            ? "SELECT generate_series(1, ?) AS n"
            : "WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < ?)"
                + " SELECT n FROM s";
    String deliveries =
        """
        INSERT INTO webhooks_event
          (event_id, event_type, experiment_id, content_type, body, created_at, uses)
        SELECT 'event-' || n, 'experiment_completed', n, 'application/json', ?, ?, 1
        FROM (%s) AS numbers
        """
            .formatted(numbers);
    String outbox =
        """
        INSERT INTO webhooks_outbox
          (webhook_id, created_at, id, due_at, leased_until, lease, attempts, failures)
        SELECT %d, created_at, id, created_at, 0, 0, 0, 0 FROM (
          SELECT id, created_at FROM webhooks_event ORDER BY id DESC LIMIT %d) AS filled
        """
            .formatted(webhook(endpoint), rows);
    try (Connection connection = testDatabase.dataSource().getConnection();
        PreparedStatement insert = connection.prepareStatement(deliveries);
        Statement queue = connection.createStatement()) {
      insert.setBytes(1, body(bodyBytes));
      insert.setLong(2, clock.millis());
      insert.setInt(3, rows);
      insert.executeUpdate();
      queue.executeUpdate(outbox);
    }
  }

  static byte[] body(int bytes) {
    byte[] body = new byte[bytes];
    Arrays.fill(body, (byte) 'x');
    body[0] = '0';
    return body;
  }

  @Override
  public void close() {
    for (DeliveryService service : services) {
      try {
        service.drain(Duration.ofMillis(50));
      } catch (InterruptedException cutShort) {
        Thread.currentThread().interrupt();
      }
    }
    testDatabase.close();
  }
}

package org.expmaster.webhook.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.Counter;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.health.HealthStore;
import org.expmaster.webhook.health.Tally;
import org.expmaster.webhook.http.Receiver;
import org.expmaster.webhook.http.Sender;
import org.expmaster.webhook.http.SignedSender;
import org.expmaster.webhook.outbox.Delivery;
import org.expmaster.webhook.outbox.DeliveryHistory;
import org.expmaster.webhook.outbox.DeliveryState;
import org.expmaster.webhook.outbox.NewDelivery;
import org.expmaster.webhook.outbox.Outbox;
import org.expmaster.webhook.registry.Endpoint;
import org.expmaster.webhook.registry.WebhookDraft;
import org.expmaster.webhook.registry.WebhookRegistry;
import org.expmaster.webhook.signing.Signer;
import org.expmaster.webhook.signing.SigningKey;
import org.expmaster.webhook.signing.SigningKeys;
import org.expmaster.webhook.signing.WebhookSecrets;
import org.expmaster.webhook.telling.Meters;
import org.expmaster.webhook.telling.Telling;
import org.expmaster.webhook.testing.Faults;
import org.expmaster.webhook.testing.FaultyMeters;
import org.expmaster.webhook.testing.Fixtures;
import org.expmaster.webhook.testing.TestDatabase;
import org.expmaster.webhook.testing.TurnableClock;

/** A real outbox and webhooks, with a clock and a sender that the test controls. */
final class DeliveryFixture implements AutoCloseable {
  static final SigningKeys KEYS = SigningKeys.only(SigningKey.of("testsigningkey"));
  static final Duration LEASE = Duration.ofMinutes(1);
  static final Duration DISABLE_AFTER = Duration.ofDays(5);

  /** Faults at each use of the database. */
  final Faults faults = new Faults();

  /** Faults at each use of targets, the signer, the sender and the clock. */
  final Faults others = new Faults();

  final TurnableClock clock = new TurnableClock();
  final Map<Long, Target> targets = new HashMap<>();
  final FaultyMeters meters = new FaultyMeters();
  private final TestDatabase testDatabase;
  private final Database database;
  private final Outbox outbox;

  /** The same outbox; each reading of its clock is a step of {@link #others}. */
  private final Outbox stepping;

  private final WebhookRegistry registry;
  final HealthStore health;
  Supplier<Signer> signer = () -> new Signer(KEYS, clock);
  final DeliveryHistory history;

  DeliveryFixture(TestDatabase testDatabase) {
    this.testDatabase = testDatabase;
    database = open(faults.in(testDatabase.dataSource()));
    outbox = new Outbox(database, clock);
    stepping = new Outbox(database, new SteppingClock(clock, others));
    registry = new WebhookRegistry(database, clock);
    health = new HealthStore(database);
    history = new DeliveryHistory(database, clock);
  }

  private static Database open(DataSource dataSource) {
    try {
      return Database.open(dataSource);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** Cuts all current and future connections to the database. */
  void takeAway() {
    faults.takeAway(() -> new SQLException("the database is away", "08006"));
  }

  void bringBack() {
    faults.bringBack();
  }

  /** Returns a loop that the test turns, and that records outcomes in each turn. */
  DeliveryLoop loop(Sender sender, int maxInFlight, Duration... retries) {
    return lingeringLoop(Duration.ZERO, sender, maxInFlight, retries);
  }

  /** Returns a loop whose results wait this long for more. */
  DeliveryLoop lingeringLoop(Duration linger, Sender sender, int maxInFlight, Duration... retries) {
    Driver byHand =
        new Driver() {
          @Override
          public void announced() {}

          @Override
          public void ended(int waiting) {}

          @Override
          public long nanos() {
            return DeliveryFixture.this.nanos();
          }
        };
    return new DeliveryLoop(
        stepping,
        health,
        this::target,
        signed(sender),
        retryPolicy(retries),
        bounds(maxInFlight, linger, Duration.ofSeconds(1)),
        byHand);
  }

  long webhook(int maxInFlight) {
    long id = registry.create(Fixtures.draft(""), 1).id();
    targets.put(id, new Target(id, receiver(Fixtures.draft("").url()), maxInFlight));
    return id;
  }

  /** Returns a receiver whose webhook has no secret of its own. */
  static Receiver receiver(URI url) {
    return new Receiver(url, Map.of(), WebhookSecrets.NONE);
  }

  /** Gives a webhook another URL, as a user does. */
  void move(long webhookId, String url) {
    WebhookDraft draft = Fixtures.draft("");
    WebhookDraft moved =
        new WebhookDraft(
            draft.name(),
            Endpoint.at(url),
            draft.form(),
            draft.mode(),
            draft.workspaceId(),
            draft.triggers());
    registry.update(webhookId, registry.snapshot().find(webhookId).orElseThrow().version(), moved);
    targets.computeIfPresent(
        webhookId, (id, target) -> new Target(id, receiver(moved.url()), target.maxInFlight()));
  }

  void commit(long webhookId, String... eventIds) throws SQLException {
    try (Connection connection = testDatabase.dataSource().getConnection()) {
      for (String eventId : eventIds) {
        byte[] body = ("{\"event\":\"" + eventId + "\"}").getBytes(UTF_8);
        outbox.add(
            connection,
            List.of(
                new NewDelivery(
                    webhookId, eventId, "experiment_completed", 1, "application/json", body)));
      }
    }
  }

  /** Returns a service, which has its own thread. */
  DeliveryService service(Sender sender, Duration pollInterval, Duration... retries) {
    return service(new Heartbeat(System::nanoTime), sender, pollInterval, retries);
  }

  DeliveryService service(
      Heartbeat heartbeat, Sender sender, Duration pollInterval, Duration... retries) {
    return new DeliveryService(
        stepping,
        health,
        this::target,
        signed(sender),
        retryPolicy(retries),
        bounds(100, Duration.ofMillis(2), pollInterval),
        heartbeat);
  }

  private SignedSender signed(Sender sender) {
    return new SignedSender(this::signer, new SteppingSender(sender, others));
  }

  private RetryPolicy retryPolicy(Duration... retries) {
    Clock clock = stepping.clock();
    return new RetryPolicy(
        new RetrySchedule(List.of(retries), new Random(1)),
        clock,
        new DeliveryMeters(new Meters(meters), webhookId -> "default"),
        new Tally(database, clock),
        new Telling());
  }

  /** Returns what the counters of this name and these labels have counted together. */
  double counted(String name, String... labels) {
    return meters.find(name).tags(labels).counters().stream().mapToDouble(Counter::count).sum();
  }

  private Optional<Target> target(long webhookId) {
    others.step();
    return Optional.ofNullable(targets.get(webhookId));
  }

  private Signer signer() {
    others.step();
    return signer.get();
  }

  /** Returns the clock's time in nanoseconds, for code that uses no {@link Clock}. */
  long nanos() {
    return Duration.between(Instant.EPOCH, clock.instant()).toNanos();
  }

  /** Returns the number of deliveries in this state, of all webhooks. */
  int count(DeliveryState state) {
    return targets.keySet().stream()
        .mapToInt(webhookId -> list(webhookId, Optional.of(state)).size())
        .sum();
  }

  /** Returns the number of recorded attempts of each of the webhook's deliveries. */
  List<Integer> attempts(long webhookId) {
    return list(webhookId, Optional.empty()).stream().map(Delivery::attempts).toList();
  }

  private List<Delivery> list(long webhookId, Optional<DeliveryState> state) {
    return history.list(
        new DeliveryHistory.Filter(webhookId, state, Optional.empty(), Optional.empty(), 10_000));
  }

  static DeliveryBounds bounds(int maxInFlight, Duration linger, Duration pollInterval) {
    return new DeliveryBounds(LEASE, maxInFlight, 1000, linger, pollInterval, DISABLE_AFTER);
  }

  @Override
  public void close() {
    testDatabase.close();
  }
}

package org.expmaster.webhook.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.db.SchemaVersion;
import org.expmaster.webhook.health.Health;
import org.expmaster.webhook.health.HealthStore;
import org.expmaster.webhook.outbox.Backlog;
import org.expmaster.webhook.outbox.Capacity;
import org.expmaster.webhook.outbox.HeldBodies;
import org.expmaster.webhook.outbox.NewDelivery;
import org.expmaster.webhook.outbox.Outbox;
import org.expmaster.webhook.registry.WebhookRegistry;
import org.expmaster.webhook.telling.Meters;
import org.expmaster.webhook.testing.Fixtures;
import org.expmaster.webhook.testing.TestDatabase;
import org.expmaster.webhook.testing.TurnableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators see of the backlog and the webhooks, on every database. */
abstract class WatchContract {
  private final TurnableClock clock = new TurnableClock();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Meters meters = new Meters(registry);
  private TestDatabase testDatabase;
  private Database database;
  private Outbox outbox;
  private WebhookRegistry webhooks;
  private HealthStore health;
  private Watch watch;

  abstract TestDatabase fresh();

  @BeforeEach
  void open() {
    testDatabase = fresh();
    database = testDatabase.open();
    outbox = new Outbox(database, clock);
    webhooks = new WebhookRegistry(database, clock);
    health = new HealthStore(database);
    watch =
        new Watch(new Backlog(database), health, () -> webhooks.snapshot().byId().size(), clock);
    watch.addTo(meters);
  }

  @AfterEach
  void close() {
    testDatabase.close();
  }

  private long webhook() {
    return webhooks.create(Fixtures.draft(""), 1).id();
  }

  private void commit(long webhookId) throws SQLException {
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    database.inTransaction(
        connection -> {
          outbox.add(
              connection,
              List.of(new NewDelivery(webhookId, "e", "custom", 1, "application/json", body)));
          return null;
        });
  }

  private void claim(long webhookId, Duration lease) throws SQLException {
    database.inTransaction(
        connection ->
            outbox.claim(
                connection, List.of(new Capacity(webhookId, 1)), lease, HeldBodies.inThisHeap()));
  }

  private double gauge(String name, String... labels) {
    return registry.get(name).tags(labels).gauge().value();
  }

  @Test
  void theBacklogItsAgeAndTheHealthOfAllWebhooksAreShown() throws SQLException {
    long well = webhook();
    long failing = webhook();
    long paused = webhook();
    long disabled = webhook();
    Instant now = clock.instant();
    commit(failing);
    clock.turn(Duration.ofSeconds(40));
    commit(well);
    commit(well);
    clock.turn(Duration.ofSeconds(2));
    Optional<Instant> since = Optional.of(now);
    health.put(failing, new Health(since, Optional.empty(), Optional.empty(), "x"));
    Optional<Instant> later = Optional.of(clock.instant().plusSeconds(9));
    health.put(paused, new Health(since, later, Optional.empty(), "x"));
    health.put(disabled, Health.WELL.disabled(now, "x"));

    assertEquals(Optional.empty(), watch.look());

    assertEquals(3, gauge("webhooks.backlog"));
    assertEquals(42, gauge("webhooks.backlog.age"));
    assertEquals(2, gauge("webhooks.backlog.overdue"), "of the webhook that is well");
    for (String state : List.of("well", "failing", "paused", "disabled")) {
      assertEquals(1, gauge("webhooks.registered", "health", state), state);
    }
    meters.close();
    assertEquals(List.of(), registry.getMeters());
  }

  @Test
  void dueDeliveriesThatNobodyClaimsAreAProblemAndClaimedOnesAreNot() throws SQLException {
    long stuck = webhook();
    commit(stuck);
    commit(stuck);
    clock.turn(Lag.LONG.plusSeconds(1));
    watch.look();
    clock.turn(Lag.PATIENCE);
    claim(stuck, Duration.ofMinutes(1));
    assertEquals(Optional.empty(), watch.look(), "one is under way");
    clock.turn(Lag.PATIENCE);
    String problem = watch.look().orElse("");
    assertTrue(problem.startsWith("nothing is sent to webhook " + stuck), problem);

    health.put(
        stuck,
        new Health(Optional.of(clock.instant()), Optional.empty(), Optional.empty(), "down"));
    assertEquals(Optional.empty(), watch.look(), "a receiver that is down is its webhook's");
  }

  @Test
  void aNewerPluginsMigrationIsAProblem() {
    SchemaVersion version = new SchemaVersion(database);
    assertEquals(Optional.empty(), version.problem());
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    INSERT INTO webhooks_schema_history (installed_rank, version, description,
                      type, script, checksum, installed_by, execution_time, success)
                    VALUES (900, '999', 'newer', 'SQL', 'V999__newer.sql', 1, 'x', 1, true)
                    """));
    String problem = version.problem().orElse("");
    assertTrue(problem.contains(" to 999 by a newer plugin: install its jar"), problem);
  }
}

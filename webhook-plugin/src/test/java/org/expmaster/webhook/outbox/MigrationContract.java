package org.expmaster.webhook.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.outbox.DeliveryHistory.Filter;
import org.expmaster.webhook.testing.TestDatabase;
import org.expmaster.webhook.testing.TurnableClock;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A migration keeps all data of an installation that stored an event once per delivery. */
abstract class MigrationContract {
  /** The last version that stored a body in every delivery. */
  private static final String BEFORE = "4";

  private static final int WAITING = 1;
  private static final int DELIVERED = 2;
  private static final int DEAD = 3;
  private static final int OF_A_DELETED_WEBHOOK = 4;
  private static final int FORGOTTEN = 50;

  private final TurnableClock clock = new TurnableClock();
  private TestDatabase testDatabase;
  private Database database;

  abstract TestDatabase fresh();

  /** Returns the location of the migrations on the class path. */
  abstract String migrations();

  @BeforeEach
  void migrate() {
    testDatabase = fresh();
    Flyway.configure(getClass().getClassLoader())
        .dataSource(testDatabase.dataSource())
        .locations(migrations())
        .table("webhooks_schema_history")
        .target(BEFORE)
        .load()
        .migrate();
    Jdbi.create(testDatabase.dataSource()).useHandle(this::fill);
    database = testDatabase.open();
  }

  @AfterEach
  void close() {
    testDatabase.close();
  }

  private void fill(Handle handle) {
    handle.execute(
        """
        INSERT INTO webhooks_webhook (id, name, url, type, mode, workspace_id, created_by, created_at)
        VALUES (1, '', 'http://receiver.example/', 'DEFAULT', 'WORKSPACE', 0, 1, 0)
        """);
    for (int id : new int[] {WAITING, DELIVERED, DEAD, OF_A_DELETED_WEBHOOK, FORGOTTEN}) {
      handle.execute(
          """
          INSERT INTO webhooks_delivery
            (id, webhook_id, event_id, event_type, experiment_id, body, created_at, content_type)
          VALUES (?, ?, ?, 'custom', 7, ?, ?, 'text/x-test')
          """,
          id,
          id == OF_A_DELETED_WEBHOOK ? 2 : 1,
          "event " + id,
          ("body " + id).getBytes(UTF_8),
          clock.millis() + id);
    }
    for (int id : new int[] {WAITING, OF_A_DELETED_WEBHOOK}) {
      handle.execute(
          """
          INSERT INTO webhooks_outbox
            (id, webhook_id, due_at, leased_until, lease, attempts, failures)
          VALUES (?, ?, ?, 0, 4, 2, 1)
          """,
          id,
          id == OF_A_DELETED_WEBHOOK ? 2 : 1,
          clock.millis());
    }
    handle.execute(
        """
        INSERT INTO webhooks_history
          (webhook_id, id, state, attempts, ended_at, status, millis, response)
        VALUES (1, 2, 'DELIVERED', 2, 9, 200, 5, 'ok'), (1, 3, 'DEAD', 1, 10, NULL, NULL, NULL)
        """);
    handle.execute(
        """
        INSERT INTO webhooks_attempt (delivery_id, attempt, at, status, problem, millis, response)
        VALUES (2, 1, 8, 500, 'no', 4, NULL), (3, 1, 10, NULL, 'nobody', 6, NULL)
        """);
    // the id of a deleted delivery must not be used again
    handle.execute("DELETE FROM webhooks_delivery WHERE id = ?", FORGOTTEN);
    advanceIds(handle, FORGOTTEN);
  }

  /** Advances PostgreSQL's sequence of ids, which the explicit ids above do not. */
  void advanceIds(Handle handle, int to) {}

  @Test
  void everyDeliveryIsThereWithItsAttemptsAndItsBody() {
    DeliveryHistory history = new DeliveryHistory(database, clock);
    List<Delivery> all =
        history.list(new Filter(1, Optional.empty(), Optional.empty(), Optional.empty(), 10));
    assertEquals(
        List.of("event 3 DEAD", "event 2 DELIVERED", "event 1 WAITING"),
        all.stream().map(delivery -> delivery.eventId() + " " + delivery.state()).toList());
    assertEquals(7, all.get(0).experimentId());
    assertEquals(Optional.of(Instant.ofEpochMilli(9)), all.get(1).ended());
    assertEquals(2, all.get(2).attempts());
    assertEquals("body 2", new String(history.body(1, DELIVERED).orElseThrow(), UTF_8));
    assertEquals(
        List.of("no", ""), history.attempts(1, DELIVERED).stream().map(Attempt::problem).toList());
    assertEquals(
        List.of("nobody"), history.attempts(1, DEAD).stream().map(Attempt::problem).toList());
  }

  @Test
  void whatWaitedIsSentAndItsLeaseGoesOn() throws SQLException {
    ClaimedDelivery claimed = claim(1).get(0);
    assertEquals("body 1", new String(claimed.body(), UTF_8));
    assertEquals("text/x-test", claimed.contentType());
    assertEquals(5, claimed.lease());
    assertEquals(2, claimed.attempts());
    assertEquals(1, claimed.failures());
  }

  @Test
  void noNumberIsUsedAgain() throws SQLException {
    database.inTransaction(
        connection -> {
          new Outbox(database, clock)
              .add(connection, List.of(new NewDelivery(1, "new", "custom", 7, "", new byte[1])));
          return null;
        });
    assertTrue(claim(1).stream().anyMatch(claim -> claim.id() > FORGOTTEN));
  }

  @Test
  void whatADeletedWebhookHadLeftIsForgotten() {
    new DeletedWebhooks(database, clock).forget();
    assertEquals(3, count("webhooks_event"));
    assertEquals(1, count("webhooks_outbox"));
  }

  private List<ClaimedDelivery> claim(long webhookId) throws SQLException {
    return database.inTransaction(
        connection ->
            new Outbox(database, clock)
                .claim(
                    connection,
                    List.of(new Capacity(webhookId, 10)),
                    Duration.ofMinutes(1),
                    HeldBodies.inThisHeap())
                .deliveries());
  }

  private int count(String table) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle.createQuery("SELECT count(*) FROM " + table).mapTo(Integer.class).one());
  }
}

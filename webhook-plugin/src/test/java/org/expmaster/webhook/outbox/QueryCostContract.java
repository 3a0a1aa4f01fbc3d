package org.expmaster.webhook.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.outbox.DeliveryHistory.Filter;
import org.expmaster.webhook.registry.WebhookRegistry;
import org.expmaster.webhook.testing.Fixtures;
import org.expmaster.webhook.testing.TestDatabase;
import org.expmaster.webhook.testing.TurnableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Requests of users and recurring work cost the rows that they show or change, however many others
 * there are. Costs are counted, not timed.
 */
abstract class QueryCostContract {
  /** The page size, so that a page of few rows and a page of many show the same number. */
  private static final int FEW = 10;

  /** Deliveries in each state. */
  private static final int MANY = 100_000;

  /** The factor by which a deeper index may raise the cost. */
  private static final int SLACK = 3;

  private final TurnableClock clock = new TurnableClock();
  private TestDatabase testDatabase;
  private Database database;
  private WebhookRegistry registry;
  private DeliveryHistory history;
  private Outbox outbox;

  abstract TestDatabase fresh();

  /** Starts counting the database's work. */
  abstract void watch(TestDatabase testDatabase) throws SQLException;

  /** Returns the steps, or the rows visited, since {@link #watch}. */
  abstract long cost() throws SQLException;

  @BeforeEach
  void open() throws SQLException {
    testDatabase = fresh();
    database = testDatabase.open();
    registry = new WebhookRegistry(database, clock);
    history = new DeliveryHistory(database, clock);
    outbox = new Outbox(database, clock);
    watch(testDatabase);
  }

  @AfterEach
  void close() {
    testDatabase.close();
  }

  /** An operation; returns the number of its rows that it finds. */
  @FunctionalInterface
  interface Action {
    int act(long webhookId) throws SQLException;
  }

  @Test
  void whatPeopleAskForCostsTheRowsTheySee() throws SQLException {
    long few = registry.create(Fixtures.draft("few"), 1).id();
    long firstOfFew = fill(few, FEW);
    Map<String, Long> costs = new LinkedHashMap<>();
    for (Map.Entry<String, Action> action : actions(firstOfFew, FEW).entrySet()) {
      costs.put(action.getKey(), costOf(action.getValue(), few));
    }
    long many = registry.create(Fixtures.draft("many"), 1).id();
    long firstOfMany = fill(many, MANY);
    for (Map.Entry<String, Action> action : actions(firstOfMany, MANY).entrySet()) {
      long before = costs.get(action.getKey());
      long now = costOf(action.getValue(), many);
      assertTrue(
          now <= SLACK * before + SLACK * FEW,
          action.getKey() + " cost " + before + " among few rows, and " + now + " among many");
    }
  }

  @Test
  void whatIsDoneInPiecesCostsAPieceAtATime() throws SQLException {
    long webhook = registry.create(Fixtures.draft("many"), 1).id();
    fill(webhook, 5_000);
    // with a clock that jumps, a call ends after its first batch
    DeliveryHistory hurried = new DeliveryHistory(database, new HurryingClock(clock));
    long before = cost();
    assertEquals(500, hurried.redeliverDead(webhook, Instant.EPOCH, Optional.empty()).count());
    long piece = cost() - before;
    before = cost();
    int all = history.redeliverDead(webhook, Instant.EPOCH, Optional.empty()).count();
    assertEquals(4_500, all);
    assertTrue(cost() - before <= 9 * (piece + piece / 2), "a piece cost " + piece);
  }

  private Map<String, Action> actions(long first, int rows) {
    Instant young = clock.instant().minusMillis(FEW);
    Map<String, Action> actions = new LinkedHashMap<>();
    actions.put("the list", id -> list(id, null, null, null));
    for (DeliveryState state : DeliveryState.values()) {
      actions.put("the list of " + state, id -> list(id, state, null, null));
      actions.put("the young ones of " + state, id -> list(id, state, young, null));
    }
    actions.put("the young ones", id -> list(id, null, young, null));
    Position oldest = new Position(clock.instant().minusMillis(rows - FEW), Long.MAX_VALUE);
    actions.put("the last page", id -> list(id, null, null, oldest));
    for (int state = 0; state < 3; state++) {
      long one = first + (long) state * rows;
      actions.put("a delivery " + state, id -> history.find(id, one).isPresent() ? 1 : 0);
      actions.put("its body " + state, id -> history.body(id, one).isPresent() ? 1 : 0);
    }
    actions.put("its attempts", id -> history.attempts(id, first + rows).size());
    actions.put("what is due", id -> outbox.dueWebhooks().size());
    actions.put("a claim", this::claim);
    actions.put("redelivering one", id -> history.redeliver(id, first + rows) ? 1 : 0);
    actions.put(
        "redelivering none",
        id -> history.redeliverDead(id, clock.instant().plusSeconds(1), Optional.empty()).count());
    Duration keep = Duration.ofDays(1);
    actions.put(
        "forgetting nothing",
        id -> purge(new Retention(database, clock, keep, keep, Optional::empty)));
    actions.put("giving nothing up", id -> giveUp(new WaitingLimit(database, clock, keep)));
    actions.put("deleting the webhook", id -> registry.delete(id, 1) ? 1 : 0);
    return actions;
  }

  private int claim(long webhookId) throws SQLException {
    return database
        .inForgettableTransaction(
            connection ->
                outbox.claim(
                    connection,
                    List.of(new Capacity(webhookId, FEW)),
                    // a lease of zero length, so that the rows stay due
                    Duration.ZERO,
                    HeldBodies.inThisHeap()))
        .deliveries()
        .size();
  }

  private static int purge(Retention retention) {
    retention.purge();
    return 0;
  }

  private static int giveUp(WaitingLimit limit) {
    limit.enforce();
    return 0;
  }

  private int list(long webhookId, DeliveryState state, Instant since, Position before) {
    int found =
        history
            .list(
                new Filter(
                    webhookId,
                    Optional.ofNullable(state),
                    Optional.ofNullable(since),
                    Optional.ofNullable(before),
                    FEW))
            .size();
    assertEquals(FEW, found);
    return found;
  }

  private long costOf(Action action, long webhookId) throws SQLException {
    long before = cost();
    action.act(webhookId);
    // a second time: what the first one changed must not raise the cost
    action.act(webhookId);
    return cost() - before;
  }

  /**
   * Writes this many deliveries in each state, one per millisecond up to now: waiting, delivered,
   * dead.
   *
   * @return the id of the first
   */
  private long fill(long webhookId, int rows) {
    String numbers =
        database.dialect().isShared()
            ? "SELECT generate_series(0, " + (rows - 1) + ") AS n"
            : "WITH RECURSIVE s (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s WHERE n < "
                + (rows - 1)
                + ") SELECT n FROM s";
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              long first =
                  1
                      + handle
                          .createQuery("SELECT coalesce(max(id), 0) FROM webhooks_event")
                          .mapTo(Long.class)
                          .one();
              for (int state = 0; state < 3; state++) {
                long start = first + (long) state * rows;
                long created = clock.millis() - rows + 1;
                handle.execute(
                    """
                    INSERT INTO webhooks_event
                      (id, event_id, event_type, experiment_id, content_type, created_at, uses, body)
                    SELECT %d + n, 'e', 'custom', 1, 'text/plain', %d + n, 1, ? FROM (%s) AS numbers
                    """
                        .formatted(start, created, numbers),
                    new byte[100]);
                handle.execute(
                    (state == 0
                            ? """
                              INSERT INTO webhooks_outbox (webhook_id, created_at, id, due_at,
                                leased_until, lease, attempts, failures)
                              SELECT %1$d, %2$d + n, %3$d + n, %2$d, 0, 0, 0, 0
                              FROM (%4$s) AS numbers
                              """
                            : """
                              INSERT INTO webhooks_history (webhook_id, created_at, id, state,
                                attempts, ended_at, status, millis)
                              SELECT %1$d, %2$d + n, %3$d + n, '"""
                                + (state == 1 ? "DELIVERED" : "DEAD")
                                + """
                              ', 1, %2$d + n, 200, 1 FROM (%4$s) AS numbers
                              """)
                        .formatted(webhookId, created, start, numbers));
              }
              return first;
            });
  }
}

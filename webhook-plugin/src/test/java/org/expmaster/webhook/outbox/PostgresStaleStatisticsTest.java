package org.expmaster.webhook.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.registry.WebhookRegistry;
import org.expmaster.webhook.testing.Fixtures;
import org.expmaster.webhook.testing.TestDatabase;
import org.expmaster.webhook.testing.TurnableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Analyses the queue while it is empty, as PostgreSQL may do by itself, and then fills it: plans
 * that were made in between must not read what they do not need.
 */
final class PostgresStaleStatisticsTest {
  private static final int BURST = 20_000;
  private static final int BATCH = 500;

  /** Rows visited for one delivery: itself, its event, its webhook, and what indexes point to. */
  private static final int ROWS_EACH = 10;

  private final TurnableClock clock = new TurnableClock();

  // one connection, so that its plans are those that are kept
  private final TestDatabase testDatabase = TestDatabase.postgres(1, "");
  private Database database;
  private Outbox outbox;
  private long webhook;

  @BeforeEach
  void open() {
    database = testDatabase.open();
    outbox = new Outbox(database, clock);
    webhook = new WebhookRegistry(database, clock).create(Fixtures.draft("w"), 1).id();
  }

  @AfterEach
  void close() {
    testDatabase.close();
  }

  @Test
  void aBurstAfterAnEmptyQueueWasAnalysedCostsTheRowsItHas() throws SQLException {
    deliver(20);
    run("ANALYZE webhooks_outbox");
    run("ANALYZE webhooks_event");
    for (int i = 0; i < 20; i++) {
      // the driver prepares a statement once it has been run some times
      deliver(1);
    }
    add(BURST);
    long before = VisitedRows.in(testDatabase);
    List<ClaimedDelivery> claimed = claim(BATCH);
    assertEquals(BATCH, claimed.size());
    long claimedCost = VisitedRows.in(testDatabase) - before;
    assertTrue(claimedCost <= BATCH * ROWS_EACH, "a claim visits " + claimedCost + " rows");
    before = VisitedRows.in(testDatabase);
    record(claimed);
    long recordedCost = VisitedRows.in(testDatabase) - before;
    assertTrue(recordedCost <= BATCH * ROWS_EACH, "recording visits " + recordedCost + " rows");
  }

  private void deliver(int count) throws SQLException {
    add(count);
    record(claim(count));
  }

  private void add(int count) throws SQLException {
    List<NewDelivery> deliveries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
      deliveries.add(new NewDelivery(webhook, "e" + i, "custom", 1, "application/json", body));
    }
    database.inTransaction(
        connection -> {
          outbox.add(connection, deliveries);
          return null;
        });
  }

  private List<ClaimedDelivery> claim(int count) throws SQLException {
    return database
        .inForgettableTransaction(
            connection ->
                outbox.claim(
                    connection,
                    List.of(new Capacity(webhook, count)),
                    Duration.ofMinutes(1),
                    HeldBodies.inThisHeap()))
        .deliveries();
  }

  private void record(List<ClaimedDelivery> claimed) throws SQLException {
    Attempt attempt =
        new Attempt(clock.instant(), OptionalInt.of(200), "", Duration.ZERO, Optional.empty());
    List<Result> results = new ArrayList<>();
    claimed.forEach(claim -> results.add(new Result.Delivered(claim, attempt)));
    database.inForgettableTransaction(
        connection -> {
          outbox.record(connection, results);
          return null;
        });
  }

  private void run(String sql) throws SQLException {
    try (Connection connection = testDatabase.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

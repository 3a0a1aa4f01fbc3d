package org.expmaster.webhook.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.registry.WebhookRegistry;
import org.expmaster.webhook.testing.Fixtures;
import org.expmaster.webhook.testing.TestDatabase;
import org.expmaster.webhook.testing.TurnableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the outbox promises on every database. */
abstract class OutboxContract {
  private static final Duration LEASE = Duration.ofMinutes(1);

  private final TurnableClock clock = new TurnableClock();
  private TestDatabase testDatabase;
  private Database database;
  private WebhookRegistry registry;
  private Outbox outbox;
  private long webhook;

  abstract TestDatabase fresh();

  @BeforeEach
  void open() {
    testDatabase = fresh();
    database = testDatabase.open();
    registry = new WebhookRegistry(database, clock);
    outbox = new Outbox(database, clock);
    webhook = registry.create(Fixtures.draft("w"), 1).id();
  }

  @AfterEach
  void close() {
    testDatabase.close();
  }

  @Test
  void whatIsCommittedIsClaimedWhole() throws SQLException {
    add(webhook, "first", "second");

    List<ClaimedDelivery> claimed = claim(webhook, 10);

    assertEquals(List.of("first", "second"), events(claimed));
    ClaimedDelivery first = claimed.get(0);
    assertEquals(webhook, first.webhookId());
    assertEquals(7, first.experimentId());
    assertEquals(0, first.attempts());
    assertArrayEquals("body of first 🎉".getBytes(UTF_8), first.body());
  }

  @Test
  void whatIsRolledBackIsNeverClaimed() throws SQLException {
    try (Connection connection = testDatabase.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      outbox.add(connection, List.of(delivery(webhook, "rolled back")));
      connection.rollback();
    }
    assertEquals(List.of(), claim(webhook, 10));
    assertEquals(Set.of(), outbox.dueWebhooks());
  }

  @Test
  void aClaimTakesNoMoreThanThereIsRoomFor() throws SQLException {
    add(webhook, "1", "2", "3");
    assertEquals(List.of("1", "2"), events(claim(webhook, 2)));
    assertEquals(List.of("3"), events(claim(webhook, 2)));
  }

  @Test
  void everyWebhookIsClaimedUpToItsOwnRoom() throws SQLException {
    long other = registry.create(Fixtures.draft("other"), 1).id();
    add(webhook, "a1", "a2", "a3");
    add(other, "b1", "b2", "b3");

    List<ClaimedDelivery> claimed =
        outbox.turn(List.of(), List.of(new Room(webhook, 1), new Room(other, 2)), LEASE);

    assertEquals(Set.of("a1", "b1", "b2"), new HashSet<>(events(claimed)));
  }

  @Test
  void aLeaseKeepsADeliveryFromBeingClaimedUntilItRunsOut() throws SQLException {
    add(webhook, "e");
    long first = claim(webhook, 1).get(0).lease();

    clock.turn(LEASE.minusMillis(1));
    assertEquals(List.of(), claim(webhook, 1));
    clock.turn(Duration.ofMillis(1));
    assertEquals(Set.of(webhook), outbox.dueWebhooks());
    assertTrue(claim(webhook, 1).get(0).lease() > first);
  }

  @Test
  void whoHasLostTheLeaseRecordsNothing() throws SQLException {
    add(webhook, "e");
    ClaimedDelivery lost = claim(webhook, 1).get(0);
    clock.turn(LEASE);
    ClaimedDelivery held = claim(webhook, 1).get(0);

    record(new Result.Delivered(lost));
    record(new Result.GivenUp(lost, "late"));
    record(new Result.Released(lost));

    assertEquals(List.of(), claim(webhook, 1), "still leased to the second claim");
    record(new Result.Retry(held, clock.instant(), "again"));
    assertEquals(1, claim(webhook, 1).get(0).attempts());
  }

  @Test
  void whatWasDeliveredIsGone() throws SQLException {
    add(webhook, "e");
    record(new Result.Delivered(claim(webhook, 1).get(0)));
    clock.turn(Duration.ofDays(1));
    assertEquals(List.of(), claim(webhook, 1));
    assertEquals(0, rows());
  }

  @Test
  void aRetryComesBackWhenItIsDueAndCountsTheFailure() throws SQLException {
    add(webhook, "e");
    record(
        new Result.Retry(
            claim(webhook, 1).get(0), clock.instant().plus(Duration.ofSeconds(5)), "500"));

    assertEquals(List.of(), claim(webhook, 1));
    clock.turn(Duration.ofSeconds(5));
    assertEquals(1, claim(webhook, 1).get(0).attempts());
  }

  @Test
  void recordingTwiceIsRecordingOnce() throws SQLException {
    add(webhook, "e");
    Result retry = new Result.Retry(claim(webhook, 1).get(0), clock.instant(), "500");
    record(retry);
    record(retry);
    assertEquals(1, claim(webhook, 1).get(0).attempts());
  }

  @Test
  void whatWasReleasedIsDueAtOnceAndCountsNoFailure() throws SQLException {
    add(webhook, "e");
    record(new Result.Released(claim(webhook, 1).get(0)));
    assertEquals(0, claim(webhook, 1).get(0).attempts());
  }

  @Test
  void whatWasGivenUpIsKeptAndNeverClaimed() throws SQLException {
    add(webhook, "e");
    record(new Result.GivenUp(claim(webhook, 1).get(0), "500"));
    clock.turn(Duration.ofDays(365));
    assertEquals(List.of(), claim(webhook, 1));
    assertEquals(1, rows());
  }

  @Test
  void whatCanNeverBeSentIsKeptAsGivenUp() throws SQLException {
    try (Connection connection = testDatabase.dataSource().getConnection()) {
      outbox.add(
          connection,
          List.of(new NewDelivery(webhook, "e", 7, new byte[1], Optional.of("too large"))));
    }
    assertEquals(Set.of(), outbox.dueWebhooks());
    assertEquals(1, rows());
  }

  @Test
  void aWebhookDeletedMeanwhileBreaksNoStateChangeAndLeavesNothing() throws SQLException {
    add(webhook, "before");
    assertTrue(registry.delete(webhook));
    add(webhook, "after");
    assertEquals(0, rows());
  }

  @Test
  void mastersThatClaimAtOnceNeverClaimTheSame() throws Exception {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      all.add("e" + i);
    }
    add(webhook, all.toArray(String[]::new));
    ExecutorService masters = Executors.newFixedThreadPool(4);
    try {
      Callable<List<String>> master =
          () -> {
            List<String> mine = new ArrayList<>();
            for (int turn = 0; turn < 10; turn++) {
              mine.addAll(events(claim(webhook, 10)));
            }
            return mine;
          };
      List<String> claimed = new ArrayList<>();
      for (Future<List<String>> mine : masters.invokeAll(List.of(master, master, master, master))) {
        claimed.addAll(mine.get());
      }
      assertEquals(claimed.size(), new HashSet<>(claimed).size());
      claimed.addAll(events(claim(webhook, 400)));
      assertEquals(new HashSet<>(all), new HashSet<>(claimed));
      assertEquals(400, claimed.size());
    } finally {
      masters.shutdownNow();
    }
  }

  private void add(long webhookId, String... eventIds) throws SQLException {
    List<NewDelivery> deliveries = new ArrayList<>();
    for (String eventId : eventIds) {
      deliveries.add(delivery(webhookId, eventId));
    }
    try (Connection connection = testDatabase.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      outbox.add(connection, deliveries);
      connection.commit();
    }
  }

  private static NewDelivery delivery(long webhookId, String eventId) {
    byte[] body = ("body of " + eventId + " 🎉").getBytes(UTF_8);
    return new NewDelivery(webhookId, eventId, 7, body, Optional.empty());
  }

  private List<ClaimedDelivery> claim(long webhookId, int room) throws SQLException {
    return outbox.turn(List.of(), List.of(new Room(webhookId, room)), LEASE);
  }

  private void record(Result result) throws SQLException {
    outbox.turn(List.of(result), List.of(), LEASE);
  }

  private static List<String> events(List<ClaimedDelivery> claimed) {
    return claimed.stream().map(ClaimedDelivery::eventId).toList();
  }

  private int rows() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT count(*) FROM webhooks_outbox")
                    .mapTo(Integer.class)
                    .one());
  }
}

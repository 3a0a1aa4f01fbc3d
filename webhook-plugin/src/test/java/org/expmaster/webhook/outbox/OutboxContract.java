package org.expmaster.webhook.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
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
  private static final Attempt ARRIVED =
      new Attempt(
          Instant.parse("2026-03-01T12:00:01Z"),
          OptionalInt.of(200),
          "",
          Duration.ofMillis(12),
          Optional.of("thanks 🎉"));
  private static final Attempt FAILED =
      new Attempt(
          Instant.parse("2026-03-01T12:00:00Z"),
          OptionalInt.empty(),
          "no complete answer came in time",
          Duration.ofSeconds(15),
          Optional.empty());

  private final TurnableClock clock = new TurnableClock();
  private TestDatabase testDatabase;
  private Database database;
  private WebhookRegistry registry;
  private Outbox outbox;
  private DeliveryHistory history;
  private long webhook;

  abstract TestDatabase fresh();

  @BeforeEach
  void open() {
    testDatabase = fresh();
    database = testDatabase.open();
    registry = new WebhookRegistry(database, clock);
    outbox = new Outbox(database, clock);
    history = new DeliveryHistory(database, clock);
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
        database.inTransaction(
            connection ->
                outbox
                    .claim(
                        connection,
                        List.of(new Capacity(webhook, 1), new Capacity(other, 2)),
                        LEASE,
                        HeldBodies.inThisHeap())
                    .deliveries());

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

    record(new Result.Delivered(lost, ARRIVED));
    record(new Result.Dead(lost, FAILED));
    record(new Result.Released(lost));

    assertEquals(List.of(), claim(webhook, 1), "still leased to the second claim");
    record(new Result.Retry(held, FAILED, clock.instant()));
    assertEquals(1, claim(webhook, 1).get(0).attempts());
  }

  @Test
  void whatWasDeliveredLeavesTheOutbox() throws SQLException {
    add(webhook, "e");
    record(new Result.Delivered(claim(webhook, 1).get(0), ARRIVED));
    clock.turn(Duration.ofDays(1));
    assertEquals(List.of(), claim(webhook, 1));
    assertEquals(0, rows());
  }

  @Test
  void aRetryComesBackWhenItIsDueAndCountsTheFailure() throws SQLException {
    add(webhook, "e");
    record(
        new Result.Retry(
            claim(webhook, 1).get(0), FAILED, clock.instant().plus(Duration.ofSeconds(5))));

    assertEquals(List.of(), claim(webhook, 1));
    clock.turn(Duration.ofSeconds(5));
    assertEquals(1, claim(webhook, 1).get(0).attempts());
  }

  @Test
  void recordingTwiceIsRecordingOnce() throws SQLException {
    add(webhook, "e");
    Result retry = new Result.Retry(claim(webhook, 1).get(0), FAILED, clock.instant());
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
  void whatIsDeadIsKeptAndNeverClaimed() throws SQLException {
    add(webhook, "e");
    record(new Result.Dead(claim(webhook, 1).get(0), FAILED));
    clock.turn(Duration.ofDays(365));
    assertEquals(List.of(), claim(webhook, 1));
    assertEquals(List.of(DeliveryState.DEAD), states());
  }

  @Test
  void everyAttemptIsKeptWithWhatCameBack() throws SQLException {
    add(webhook, "e");
    record(new Result.Retry(claim(webhook, 1).get(0), FAILED, clock.instant()));
    ClaimedDelivery second = claim(webhook, 1).get(0);
    assertEquals(List.of(FAILED), history.attempts(webhook, second.id()));
    record(new Result.Delivered(second, ARRIVED));

    assertEquals(List.of(FAILED, ARRIVED), history.attempts(webhook, second.id()));
    Delivery kept = history.find(webhook, second.id()).orElseThrow();
    assertEquals(DeliveryState.DELIVERED, kept.state());
    assertEquals(2, kept.attempts());
    assertEquals(Optional.of(ARRIVED.at()), kept.ended());
    assertEquals(Optional.empty(), kept.next());
    assertEquals("experiment_completed", kept.eventType());
    assertArrayEquals(
        "body of e 🎉".getBytes(UTF_8), history.body(webhook, second.id()).orElseThrow());
  }

  @Test
  void deliveriesAreListedNewestFirstByStateAndPageByPage() throws SQLException {
    add(webhook, "dead", "delivered", "waiting");
    List<ClaimedDelivery> claimed = claim(webhook, 2);
    record(new Result.Dead(claimed.get(0), FAILED));
    record(new Result.Delivered(claimed.get(1), ARRIVED));

    assertEquals(List.of("waiting", "delivered", "dead"), listed(Optional.empty(), 9));
    assertEquals(List.of("dead"), listed(Optional.of(DeliveryState.DEAD), 9));
    assertEquals(List.of("delivered"), listed(Optional.of(DeliveryState.DELIVERED), 9));
    assertEquals(List.of("waiting"), listed(Optional.of(DeliveryState.WAITING), 9));
    assertEquals(List.of("waiting", "delivered"), listed(Optional.empty(), 2));
    List<Delivery> rest =
        history.list(
            new DeliveryHistory.Filter(
                webhook,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Position(claimed.get(1).created(), claimed.get(1).id())),
                9));
    assertEquals(List.of("dead"), rest.stream().map(Delivery::eventId).toList());
  }

  @Test
  void whatIsDeadOrDeliveredCanBeAskedForAgainAndKeepsItsAttempts() throws SQLException {
    add(webhook, "dead", "delivered");
    List<ClaimedDelivery> claimed = claim(webhook, 2);
    record(new Result.Dead(claimed.get(0), FAILED));
    record(new Result.Delivered(claimed.get(1), ARRIVED));

    assertTrue(history.redeliver(webhook, claimed.get(0).id()));
    assertTrue(history.redeliver(webhook, claimed.get(1).id()));
    assertFalse(history.redeliver(webhook, claimed.get(1).id()), "it waits already");

    List<ClaimedDelivery> again = claim(webhook, 9);
    assertEquals(Set.of("dead", "delivered"), new HashSet<>(events(again)));
    for (ClaimedDelivery claim : again) {
      assertEquals(1, claim.attempts());
      assertEquals(0, claim.failures(), "with a schedule of its own");
      assertEquals("text/x-test", claim.contentType());
      record(new Result.Delivered(claim, ARRIVED));
    }
    assertEquals(List.of(FAILED, ARRIVED), history.attempts(webhook, claimed.get(0).id()));
    assertEquals(List.of(ARRIVED, ARRIVED), history.attempts(webhook, claimed.get(1).id()));
  }

  @Test
  void whoHeldALeaseBeforeARedeliveryRecordsNothingAfterIt() throws SQLException {
    add(webhook, "e");
    ClaimedDelivery first = claim(webhook, 1).get(0);
    record(new Result.Dead(first, FAILED));
    history.redeliver(webhook, first.id());
    record(new Result.Delivered(first, ARRIVED));
    assertEquals(List.of(DeliveryState.WAITING), states());
  }

  @Test
  void allDeadSinceATimeCanBeAskedForAgain() throws SQLException {
    add(webhook, "old");
    clock.turn(Duration.ofHours(1));
    Instant since = clock.instant();
    add(webhook, "young", "arrived");
    List<ClaimedDelivery> claimed = claim(webhook, 9);
    record(new Result.Dead(claimed.get(0), FAILED));
    record(new Result.Dead(claimed.get(1), FAILED));
    record(new Result.Delivered(claimed.get(2), ARRIVED));

    assertEquals(1, redeliverDead(since));
    assertEquals(List.of("young"), events(claim(webhook, 9)));
    assertEquals(1, redeliverDead(Instant.EPOCH));
    assertEquals(List.of("old"), events(claim(webhook, 9)));
  }

  @Test
  void whoAskForTheSameAtOnceGetItOnceAndWhatEndsMeanwhileIsNotLost() throws Exception {
    int many = 1_200;
    add(webhook, numbered(many));
    List<ClaimedDelivery> claimed = claim(webhook, many);
    ExecutorService askers = Executors.newFixedThreadPool(3);
    try {
      Callable<Integer> asker =
          () -> {
            int redelivered = 0;
            for (int i = 0; i < 40; i++) {
              redelivered += redeliverDead(Instant.EPOCH);
            }
            return redelivered;
          };
      Callable<Integer> ending =
          () -> {
            for (ClaimedDelivery claim : claimed) {
              record(new Result.Dead(claim, FAILED));
            }
            return 0;
          };
      int redelivered = 0;
      for (Future<Integer> count : askers.invokeAll(List.of(asker, asker, ending))) {
        redelivered += count.get();
      }
      redelivered += redeliverDead(Instant.EPOCH);
      assertEquals(many, redelivered);
      assertEquals(many, rows());
      assertEquals(0, count("webhooks_history"));
    } finally {
      askers.shutdownNow();
    }
  }

  @Test
  void whatEndedLongAgoIsForgottenEachStateInItsTime() throws SQLException {
    int many = 1_100;
    add(webhook, numbered(many));
    for (ClaimedDelivery claim : claim(webhook, many)) {
      record(
          claim.id() % 100 == 0
              ? new Result.Dead(claim, FAILED)
              : new Result.Delivered(claim, ARRIVED));
    }
    Retention retention = new Retention(database, clock, Duration.ofDays(7), Duration.ofDays(30));

    clock.turn(Duration.ofDays(7).minusMinutes(1));
    retention.purge();
    assertEquals(many, states().size());
    clock.turn(Duration.ofMinutes(2));
    retention.purge();
    assertEquals(11, states().size());
    assertEquals(Set.of(DeliveryState.DEAD), new HashSet<>(states()));
    clock.turn(Duration.ofDays(23));
    retention.purge();
    assertEquals(List.of(), states());
    assertEquals(0, count("webhooks_attempt"));
  }

  @Test
  void aWebhookDeletedMeanwhileBreaksNoStateChangeAndLeavesNothing() throws SQLException {
    add(webhook, "before");
    assertTrue(registry.delete(webhook, 1));
    add(webhook, "after");
    new DeletedWebhooks(database, clock).forget();
    assertEquals(0, rows());
    assertEquals(0, count("webhooks_event"));
  }

  @Test
  void mastersThatClaimAtOnceNeverClaimTheSame() throws Exception {
    List<String> all = List.of(numbered(400));
    add(webhook, numbered(400));
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

  private int redeliverDead(Instant since) {
    return history.redeliverDead(webhook, since, Optional.empty()).count();
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

  private static String[] numbered(int many) {
    return IntStream.range(0, many).mapToObj(i -> "e" + i).toArray(String[]::new);
  }

  private static NewDelivery delivery(long webhookId, String eventId) {
    byte[] body = ("body of " + eventId + " 🎉").getBytes(UTF_8);
    return new NewDelivery(webhookId, eventId, "experiment_completed", 7, "text/x-test", body);
  }

  private List<ClaimedDelivery> claim(long webhookId, int room) throws SQLException {
    return database.inTransaction(
        connection ->
            outbox
                .claim(
                    connection,
                    List.of(new Capacity(webhookId, room)),
                    LEASE,
                    HeldBodies.inThisHeap())
                .deliveries());
  }

  private void record(Result result) throws SQLException {
    database.inTransaction(
        connection -> {
          outbox.record(connection, List.of(result));
          return null;
        });
  }

  private static List<String> events(List<ClaimedDelivery> claimed) {
    return claimed.stream().map(ClaimedDelivery::eventId).toList();
  }

  private List<String> listed(Optional<DeliveryState> state, int limit) {
    return history
        .list(new DeliveryHistory.Filter(webhook, state, Optional.empty(), Optional.empty(), limit))
        .stream()
        .map(Delivery::eventId)
        .toList();
  }

  private List<DeliveryState> states() {
    return history
        .list(
            new DeliveryHistory.Filter(
                webhook, Optional.empty(), Optional.empty(), Optional.empty(), 10_000))
        .stream()
        .map(Delivery::state)
        .toList();
  }

  private int rows() {
    return count("webhooks_outbox");
  }

  private int count(String table) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle.createQuery("SELECT count(*) FROM " + table).mapTo(Integer.class).one());
  }
}

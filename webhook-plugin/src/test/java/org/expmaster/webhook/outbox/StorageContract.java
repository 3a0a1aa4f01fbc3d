package org.expmaster.webhook.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.health.Health;
import org.expmaster.webhook.health.HealthStore;
import org.expmaster.webhook.outbox.DeliveryHistory.Filter;
import org.expmaster.webhook.outbox.DeliveryHistory.Redelivered;
import org.expmaster.webhook.registry.WebhookRegistry;
import org.expmaster.webhook.testing.Fixtures;
import org.expmaster.webhook.testing.TestDatabase;
import org.expmaster.webhook.testing.TurnableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is stored once, how much of it is held in memory, and when it is deleted. */
abstract class StorageContract {
  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final Duration KEEP = Duration.ofDays(30);

  private final TurnableClock clock = new TurnableClock();
  private TestDatabase testDatabase;
  private Database database;
  private WebhookRegistry registry;
  private Outbox outbox;
  private DeliveryHistory history;

  abstract TestDatabase fresh();

  @BeforeEach
  void open() {
    testDatabase = fresh();
    database = testDatabase.open();
    registry = new WebhookRegistry(database, clock);
    outbox = new Outbox(database, clock);
    history = new DeliveryHistory(database, clock);
  }

  @AfterEach
  void close() {
    testDatabase.close();
  }

  @Test
  void anEventIsStoredOnceHoweverManyWebhooksItGoesTo() throws SQLException {
    long[] webhooks = webhooks(300);
    add("e", new byte[240_000], webhooks);
    assertEquals(1, count("webhooks_event"));
    assertEquals(300, count("webhooks_outbox"));
    assertEquals(300, uses());
  }

  @Test
  void aWebhookThatIsGoneIsNotCounted() throws SQLException {
    long[] webhooks = webhooks(3);
    registry.delete(webhooks[1], 1);
    add("e", bytes(10), webhooks);
    assertEquals(2, uses());
    registry.delete(webhooks[0], 1);
    registry.delete(webhooks[2], 1);
    add("for nobody", bytes(10), webhooks);
    assertEquals(1, count("webhooks_event"));
  }

  @Test
  void theLastOfItsDeliveriesTakesTheEventAlong() throws SQLException {
    long[] webhooks = webhooks(2);
    add("e", bytes(10), webhooks);
    HeldBodies held = HeldBodies.inThisHeap();
    record(new Result.Delivered(claim(held, webhooks[0]).deliveries().get(0), arrived()));
    Retention retention = new Retention(database, clock, KEEP, KEEP);

    clock.turn(KEEP.plusMinutes(1));
    retention.purge();
    assertEquals(1, uses(), "the other one still waits");
    record(new Result.Dead(claim(held, webhooks[1]).deliveries().get(0), failed()));
    clock.turn(KEEP.plusMinutes(1));
    retention.purge();
    assertEquals(0, count("webhooks_event"));
    assertEquals(0, count("webhooks_attempt"));
  }

  @Test
  void theDeliveriesOfAnEventShareItsBodyInMemory() throws SQLException {
    for (int length : new int[] {100, 100_000}) {
      long[] webhooks = webhooks(3);
      byte[] body = bytes(length);
      add("e", body, webhooks);
      HeldBodies held = HeldBodies.inThisHeap();
      List<ClaimedDelivery> two = claim(held, webhooks[0], webhooks[1]).deliveries();
      assertArrayEquals(body, two.get(0).body());
      assertSame(two.get(0).body(), two.get(1).body());
      two.forEach(held::hold);
      ClaimedDelivery third = claim(held, webhooks[2]).deliveries().get(0);
      assertSame(two.get(0).body(), third.body(), "also with what was claimed before");
      held.hold(third);
      assertEquals(length, held.bytes());
      two.forEach(held::release);
      held.release(third);
      assertEquals(0, held.bytes());
    }
  }

  @Test
  void aClaimTakesNoMoreThanThereIsMemoryForAndLeavesTheRestDue() throws SQLException {
    long[] webhooks = webhooks(20);
    for (int i = 0; i < webhooks.length; i++) {
      add("e" + i, bytes(10_000), webhooks[i]);
    }
    HeldBodies held = new HeldBodies(80_000);
    List<ClaimedDelivery> arrived = new ArrayList<>();
    while (arrived.size() < webhooks.length) {
      Claim claim = claim(held, webhooks);
      assertFalse(claim.deliveries().isEmpty());
      claim.deliveries().forEach(held::hold);
      assertTrue(held.bytes() <= 80_000, () -> held.bytes() + " bytes");
      assertEquals(webhooks.length - arrived.size() > 8, !claim.cutShort().isEmpty());
      for (ClaimedDelivery delivery : claim.deliveries()) {
        record(new Result.Delivered(delivery, arrived()));
        held.release(delivery);
        arrived.add(delivery);
      }
    }
    assertEquals(0, count("webhooks_outbox"));
  }

  @Test
  void whatIsLongForOneWebhookLeavesMemoryToTheOthers() throws SQLException {
    long[] webhooks = webhooks(2);
    for (int i = 0; i < 20; i++) {
      add("long" + i, bytes(10_000), webhooks[0]);
    }
    add("other", bytes(10), webhooks[1]);
    HeldBodies held = new HeldBodies(160_000);

    Claim claim = claim(held, webhooks[0]);
    claim.deliveries().forEach(held::hold);
    assertEquals(2, claim.deliveries().size(), "an eighth of 160,000 bytes");
    assertFalse(held.hasRoomFor(webhooks[0]));
    assertEquals(1, claim(held, webhooks[1]).deliveries().size());
  }

  @Test
  void aBodyLongerThanAllMemoryIsClaimedAlone() throws SQLException {
    long[] webhooks = webhooks(2);
    add("a", bytes(10_000), webhooks[0]);
    add("b", bytes(10_000), webhooks[1]);
    assertEquals(1, claim(new HeldBodies(100), webhooks).deliveries().size());
  }

  @Test
  void whatADeletedWebhookLeavesIsForgottenAndNothingElse() throws SQLException {
    long[] webhooks = webhooks(2);
    for (int i = 0; i < 1_300; i++) {
      add("e" + i, bytes(10), webhooks);
    }
    HeldBodies held = HeldBodies.inThisHeap();
    for (ClaimedDelivery claim : claim(held, webhooks[0]).deliveries()) {
      record(
          claim.id() % 2 == 0
              ? new Result.Delivered(claim, arrived())
              : new Result.Dead(claim, failed()));
    }
    DeletedWebhooks deleted = new DeletedWebhooks(database, clock);
    deleted.forget();
    assertEquals(2_600, uses());

    assertTrue(registry.delete(webhooks[0], 1));
    assertEquals(List.of(), List.copyOf(claimable(webhooks[0])));
    deleted.forget();
    assertEquals(1_300, count("webhooks_outbox"));
    assertEquals(0, count("webhooks_history"));
    assertEquals(0, count("webhooks_attempt"));
    assertEquals(1_300, uses());
    assertEquals(1_300, count("webhooks_event"));
  }

  @Test
  void whatWasWrittenForAWebhookWhileItWasDeletedIsForgottenToo() throws SQLException {
    long[] webhooks = webhooks(1);
    add("e", bytes(10), webhooks);
    HealthStore health = new HealthStore(database);
    assertTrue(registry.delete(webhooks[0], 1));
    DeletedWebhooks deleted = new DeletedWebhooks(database, clock);
    deleted.forget();
    writeLate(webhooks[0]);
    health.put(webhooks[0], Health.WELL.disabled(clock.instant(), "late"));

    clock.turn(Duration.ofMinutes(10));
    health.forgetDeleted();
    deleted.forget();
    assertEquals(0, count("webhooks_outbox"));
    assertEquals(0, count("webhooks_event"));
    assertEquals(0, count("webhooks_health"));
    clock.turn(Duration.ofHours(2));
    deleted.forget();
    assertEquals(0, count("webhooks_leftover"));
  }

  @Test
  void whatWaitsTooLongForADisabledWebhookIsDeadAndSaysWhy() throws SQLException {
    long[] webhooks = webhooks(2);
    HealthStore health = new HealthStore(database);
    add("before", bytes(10), webhooks);
    clock.turn(Duration.ofDays(1));
    health.put(webhooks[0], Health.WELL.disabled(clock.instant(), "disabled by ann"));
    clock.turn(Duration.ofDays(1));
    add("later", bytes(10), webhooks);
    WaitingLimit limit = new WaitingLimit(database, clock, KEEP);

    clock.turn(KEEP.minusDays(2));
    limit.enforce();
    assertEquals(0, count("webhooks_history"), "it waited, but not for a disabled webhook");
    clock.turn(Duration.ofDays(1));
    limit.enforce();

    assertEquals(List.of("before"), events(webhooks[0], DeliveryState.DEAD));
    assertEquals(List.of("later"), events(webhooks[0], DeliveryState.WAITING));
    assertEquals(List.of("later", "before"), events(webhooks[1], DeliveryState.WAITING));
    Delivery dead = list(webhooks[0], DeliveryState.DEAD).get(0);
    assertTrue(dead.reason().orElse("").contains("webhooks.keep_waiting (30 days)"));
    assertEquals(0, dead.attempts());
    assertTrue(history.redeliver(webhooks[0], dead.id()));
    assertEquals(Optional.empty(), list(webhooks[0], DeliveryState.WAITING).get(1).reason());
    limit.enforce();
    assertEquals(0, count("webhooks_history"), "asked for again, it waits again as long");
  }

  @Test
  void whoAsksForVeryManyAgainIsToldWhereToGoOn() throws SQLException {
    long[] webhooks = webhooks(1);
    int many = 1_700;
    for (int i = 0; i < many; i++) {
      add("e" + i, bytes(10), webhooks);
    }
    HeldBodies held = HeldBodies.inThisHeap();
    for (ClaimedDelivery claim : claim(held, webhooks[0]).deliveries()) {
      record(new Result.Dead(claim, failed()));
    }
    // time passes during each call
    DeliveryHistory slow = new DeliveryHistory(database, new HurryingClock(clock));
    Redelivered first = slow.redeliverDead(webhooks[0], Instant.EPOCH, Optional.empty());
    assertEquals(500, first.count());
    dieAgain(webhooks[0], first.count());
    int all = first.count();
    for (Optional<Position> next = first.next(); next.isPresent(); ) {
      Redelivered part = slow.redeliverDead(webhooks[0], Instant.EPOCH, next);
      all += part.count();
      next = part.next();
    }
    assertEquals(many, all, "each once, though some are dead again");
    assertEquals(first.count(), count("webhooks_history"));
  }

  @Test
  void deliveriesAreListedByTheTimeOfTheirEventsThoughAClockWasSetBack() throws SQLException {
    long[] webhooks = webhooks(1);
    add("at ten", bytes(10), webhooks);
    clock.turn(Duration.ofHours(-1));
    add("at nine", bytes(10), webhooks);
    clock.turn(Duration.ofMinutes(30));
    add("at half past nine", bytes(10), webhooks);

    assertEquals(
        List.of("at ten", "at half past nine", "at nine"),
        events(webhooks[0], DeliveryState.WAITING));
    List<Delivery> since =
        history.list(
            new Filter(
                webhooks[0], Optional.empty(), Optional.of(clock.instant()), Optional.empty(), 10));
    assertEquals(
        List.of("at ten", "at half past nine"), since.stream().map(Delivery::eventId).toList());
  }

  private void dieAgain(long webhookId, int many) throws SQLException {
    clock.turn(Duration.ofMinutes(10));
    List<ClaimedDelivery> claimed = claim(HeldBodies.inThisHeap(), webhookId).deliveries();
    assertEquals(many, claimed.size());
    for (ClaimedDelivery claim : claimed) {
      record(new Result.Dead(claim, failed()));
    }
  }

  /** Writes what a master would whose transaction began before the webhook was deleted. */
  private void writeLate(long webhookId) {
    database
        .jdbi()
        .useTransaction(
            handle -> {
              handle.execute(
                  """
                  INSERT INTO webhooks_event
                    (event_id, event_type, experiment_id, content_type, body, created_at, uses)
                  VALUES ('late', '', 1, '', ?, ?, 1)
                  """,
                  bytes(1),
                  clock.millis());
              handle.execute(
                  """
                  INSERT INTO webhooks_outbox
                    (webhook_id, created_at, id, due_at, leased_until, lease, attempts, failures)
                  SELECT ?, created_at, id, created_at, 0, 0, 0, 0 FROM webhooks_event
                  """,
                  webhookId);
            });
  }

  private long[] webhooks(int many) {
    return IntStream.range(0, many)
        .mapToLong(i -> registry.create(Fixtures.draft(""), 1).id())
        .toArray();
  }

  private static byte[] bytes(int length) {
    return "x".repeat(length).getBytes(UTF_8);
  }

  private void add(String eventId, byte[] body, long... webhookIds) throws SQLException {
    database.inTransaction(
        connection -> {
          outbox.add(
              connection,
              LongStream.of(webhookIds)
                  .mapToObj(id -> new NewDelivery(id, eventId, "custom", 7, "text/x-test", body))
                  .toList());
          return null;
        });
  }

  private Claim claim(HeldBodies held, long... webhookIds) throws SQLException {
    List<Capacity> rooms =
        LongStream.of(webhookIds).mapToObj(id -> new Capacity(id, 5_000)).toList();
    return database.inTransaction(connection -> outbox.claim(connection, rooms, LEASE, held));
  }

  private List<Long> claimable(long webhookId) {
    return outbox.dueWebhooks().stream().filter(id -> id == webhookId).toList();
  }

  private void record(Result result) throws SQLException {
    database.inTransaction(
        connection -> {
          outbox.record(connection, List.of(result));
          return null;
        });
  }

  private Attempt arrived() {
    return new Attempt(
        clock.instant(), OptionalInt.of(200), "", Duration.ofMillis(1), Optional.empty());
  }

  private Attempt failed() {
    return new Attempt(
        clock.instant(), OptionalInt.of(500), "no", Duration.ofMillis(1), Optional.empty());
  }

  private List<Delivery> list(long webhookId, DeliveryState state) {
    return history.list(
        new Filter(webhookId, Optional.of(state), Optional.empty(), Optional.empty(), 10));
  }

  private List<String> events(long webhookId, DeliveryState state) {
    return list(webhookId, state).stream().map(Delivery::eventId).toList();
  }

  private int uses() {
    return number("SELECT coalesce(sum(uses), 0) FROM webhooks_event");
  }

  private int count(String table) {
    return number("SELECT count(*) FROM " + table);
  }

  private int number(String sql) {
    return database.jdbi().withHandle(handle -> handle.createQuery(sql).mapTo(Integer.class).one());
  }
}

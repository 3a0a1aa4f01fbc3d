package org.expmaster.webhook.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.outbox.DeliveryHistory.Filter;
import org.expmaster.webhook.registry.WebhookRegistry;
import org.expmaster.webhook.testing.Fixtures;
import org.expmaster.webhook.testing.TestDatabase;
import org.expmaster.webhook.testing.TurnableClock;

/** A real outbox in a new database, with a clock that the test turns. */
final class OutboxFixture implements AutoCloseable {
  static final Duration LEASE = Duration.ofMinutes(1);
  static final Attempt ARRIVED =
      new Attempt(
          Instant.parse("2026-03-01T12:00:01Z"),
          OptionalInt.of(200),
          "",
          Duration.ofMillis(12),
          Optional.of("thanks 🎉"));
  static final Attempt FAILED =
      new Attempt(
          Instant.parse("2026-03-01T12:00:00Z"),
          OptionalInt.empty(),
          "no complete answer came in time",
          Duration.ofSeconds(15),
          Optional.empty());

  final TurnableClock clock = new TurnableClock();
  private final TestDatabase testDatabase;
  final Database database;
  final WebhookRegistry registry;
  final Outbox outbox;
  final DeliveryHistory history;

  OutboxFixture(TestDatabase testDatabase) {
    this.testDatabase = testDatabase;
    database = testDatabase.open();
    registry = new WebhookRegistry(database, clock);
    outbox = new Outbox(database, clock);
    history = new DeliveryHistory(database, clock);
  }

  /** Returns a connection such as a master's transaction has. */
  Connection connection() throws SQLException {
    return testDatabase.dataSource().getConnection();
  }

  long webhook() {
    return registry.create(Fixtures.draft(""), 1).id();
  }

  long[] webhooks(int many) {
    return IntStream.range(0, many).mapToLong(i -> webhook()).toArray();
  }

  /** Commits a delivery of each of these events to one webhook. */
  void add(long webhookId, String... eventIds) throws SQLException {
    commit(Stream.of(eventIds).map(eventId -> delivery(webhookId, eventId)).toList());
  }

  /** Commits the deliveries of one event. */
  void add(String eventId, byte[] body, long... webhookIds) throws SQLException {
    commit(
        LongStream.of(webhookIds)
            .mapToObj(id -> new NewDelivery(id, eventId, "custom", 7, "text/x-test", body))
            .toList());
  }

  private void commit(List<NewDelivery> deliveries) throws SQLException {
    try (Connection connection = connection()) {
      connection.setAutoCommit(false);
      outbox.add(connection, deliveries);
      connection.commit();
    }
  }

  static NewDelivery delivery(long webhookId, String eventId) {
    byte[] body = ("body of " + eventId + " 🎉").getBytes(UTF_8);
    return new NewDelivery(webhookId, eventId, "experiment_completed", 7, "text/x-test", body);
  }

  static String[] numbered(int many) {
    return IntStream.range(0, many).mapToObj(i -> "e" + i).toArray(String[]::new);
  }

  static byte[] bytes(int length) {
    return "x".repeat(length).getBytes(UTF_8);
  }

  List<ClaimedDelivery> claim(long webhookId, int room) throws SQLException {
    return claim(HeldBodies.inThisHeap(), List.of(new Capacity(webhookId, room))).deliveries();
  }

  /** Claims what the memory has room for. */
  Claim claim(HeldBodies held, long... webhookIds) throws SQLException {
    return claim(held, LongStream.of(webhookIds).mapToObj(id -> new Capacity(id, 5_000)).toList());
  }

  Claim claim(HeldBodies held, List<Capacity> rooms) throws SQLException {
    return database.inTransaction(connection -> outbox.claim(connection, rooms, LEASE, held));
  }

  void record(Result result) throws SQLException {
    database.inTransaction(
        connection -> {
          outbox.record(connection, List.of(result));
          return null;
        });
  }

  /** Returns an attempt that arrives now. */
  Attempt arrived() {
    return new Attempt(
        clock.instant(), OptionalInt.of(200), "", Duration.ofMillis(1), Optional.empty());
  }

  /** Returns an attempt that fails now. */
  Attempt failed() {
    return new Attempt(
        clock.instant(), OptionalInt.of(500), "no", Duration.ofMillis(1), Optional.empty());
  }

  static List<String> events(List<ClaimedDelivery> claimed) {
    return claimed.stream().map(ClaimedDelivery::eventId).toList();
  }

  List<Delivery> list(long webhookId, DeliveryState state) {
    return list(webhookId, Optional.of(state), 10);
  }

  /** Returns the events of the deliveries in this state, newest first. */
  List<String> listed(long webhookId, DeliveryState state) {
    return list(webhookId, state).stream().map(Delivery::eventId).toList();
  }

  List<DeliveryState> states(long webhookId) {
    return list(webhookId, Optional.empty(), 10_000).stream().map(Delivery::state).toList();
  }

  private List<Delivery> list(long webhookId, Optional<DeliveryState> state, int limit) {
    return history.list(new Filter(webhookId, state, Optional.empty(), Optional.empty(), limit));
  }

  /** Returns how many deliveries use the stored events. */
  int uses() {
    return number("SELECT coalesce(sum(uses), 0) FROM webhooks_event");
  }

  int count(String table) {
    return number("SELECT count(*) FROM " + table);
  }

  private int number(String sql) {
    return database.jdbi().withHandle(handle -> handle.createQuery(sql).mapTo(Integer.class).one());
  }

  @Override
  public void close() {
    testDatabase.close();
  }
}

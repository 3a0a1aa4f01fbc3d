package org.expmaster.webhook.publish;

import static java.util.stream.Collectors.toMap;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.event.WebhookEvent.StateChanged;
import org.expmaster.webhook.match.Complaints;
import org.expmaster.webhook.match.TriggerMatcher;
import org.expmaster.webhook.outbox.Outbox;
import org.expmaster.webhook.payload.Payloads;
import org.expmaster.webhook.registry.WebhookRegistry;
import org.expmaster.webhook.telling.Meters;
import org.expmaster.webhook.testing.Fixtures;
import org.expmaster.webhook.testing.TestDatabase;
import org.expmaster.webhook.testing.TurnableClock;

/** Masters whose experiments end, and that catch up, with clocks that a test turns. */
final class CatchingUp implements AutoCloseable {
  static final Duration WITHIN = Duration.ofDays(7);
  private static final Duration EVERY = Duration.ofMinutes(1);

  /** The clocks of the masters, by which experiments end. */
  final TurnableClock masters = new TurnableClock();

  /** The common time, by which events are written. */
  final TurnableClock common = new TurnableClock();

  final EndedExperiments experiments = new EndedExperiments();
  final Database database;
  final WebhookRegistry registry;
  private final TestDatabase testDatabase;
  private final EventPublisher publisher;

  CatchingUp(TestDatabase testDatabase) {
    this.testDatabase = testDatabase;
    database = testDatabase.open();
    registry = new WebhookRegistry(database, masters);
    publisher =
        new EventPublisher(
            new TriggerMatcher(registry::snapshot, new Complaints()),
            new Payloads(1, Optional.empty()),
            new Outbox(database, common));
  }

  long webhook() {
    return registry.create(Fixtures.draft(""), 1).id();
  }

  /** Starts the plugin of a master. */
  CatchUp start() {
    return start(10_000);
  }

  CatchUp start(int mostRemembered) {
    CatchUp started =
        new CatchUp(
            experiments,
            new CatchUpStore(database, mostRemembered),
            new LateEnds(
                experiments,
                database,
                registry,
                publisher,
                told -> {},
                new LateMeters(Meters.unread())),
            masters,
            common,
            new CatchUp.Limits(EVERY, WITHIN));
    started.begin();
    return started;
  }

  void pass(Duration time) {
    masters.turn(time);
    common.turn(time);
  }

  /** Commits an end together with what the listener writes of it. */
  void endHeard(long id, Instant at) throws SQLException {
    try (Connection connection = testDatabase.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      publisher.publish(
          StateChanged.of(Fixtures.experiment(id, ExperimentState.COMPLETED), at), connection);
      connection.commit();
    }
    experiments.end(id, at);
  }

  /** Commits an end of which the plugin does not hear. */
  void endUnheard(long id) {
    experiments.end(id, masters.instant());
  }

  /** Returns how many deliveries there are, by experiment. */
  Map<Long, Long> told() {
    return new TreeMap<>(
        database
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "SELECT experiment_id, sum(uses) FROM webhooks_event GROUP BY"
                                + " experiment_id")
                        .map((row, context) -> List.of(row.getLong(1), row.getLong(2)))
                        .list())
            .stream()
            .collect(toMap(row -> row.get(0), row -> row.get(1))));
  }

  List<Long> toldWebhooks() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT webhook_id FROM webhooks_outbox")
                    .mapTo(Long.class)
                    .list());
  }

  void execute(String sql) {
    database.jdbi().useHandle(handle -> handle.execute(sql));
  }

  int count(String table) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle.createQuery("SELECT count(*) FROM " + table).mapTo(Integer.class).one());
  }

  @Override
  public void close() {
    testDatabase.close();
  }
}

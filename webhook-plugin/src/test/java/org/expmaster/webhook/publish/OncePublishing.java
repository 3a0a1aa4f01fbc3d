package org.expmaster.webhook.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.expmaster.plugin.MasterTransaction;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.plugin.model.Task;
import org.expmaster.plugin.model.TaskLogLine;
import org.expmaster.plugin.model.TrialMetric;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.match.Complaints;
import org.expmaster.webhook.match.Concerns;
import org.expmaster.webhook.match.LogMatcher;
import org.expmaster.webhook.match.LogMatcher.CutShort;
import org.expmaster.webhook.match.MetricMatcher;
import org.expmaster.webhook.match.TriggerMatcher;
import org.expmaster.webhook.outbox.Outbox;
import org.expmaster.webhook.payload.Payloads;
import org.expmaster.webhook.registry.Endpoint;
import org.expmaster.webhook.registry.PayloadForm;
import org.expmaster.webhook.registry.Trigger;
import org.expmaster.webhook.registry.WebhookDraft;
import org.expmaster.webhook.registry.WebhookMode;
import org.expmaster.webhook.registry.WebhookRegistry;
import org.expmaster.webhook.testing.Fixtures;
import org.expmaster.webhook.testing.TestDatabase;
import org.expmaster.webhook.testing.TurnableClock;

/** A publisher of events that fire once, its webhooks, and the transactions it publishes in. */
final class OncePublishing implements AutoCloseable {
  static final Task TRIAL = task("4.a", OptionalLong.of(4));

  final TurnableClock clock = new TurnableClock();
  final List<Long> announced = new ArrayList<>();
  final List<CutShort> cutShort = new ArrayList<>();
  final OncePublisher publisher;
  private final TestDatabase testDatabase;
  private final Database database;
  private final WebhookRegistry registry;

  OncePublishing(TestDatabase testDatabase) {
    this.testDatabase = testDatabase;
    database = testDatabase.open();
    registry = new WebhookRegistry(database, clock);
    publisher = another();
  }

  /** Returns the publisher of another master: the same database, a cache of its own. */
  OncePublisher another() {
    Concerns concerns = new Concerns(clock, new Complaints());
    return new OncePublisher(
        new LogMatcher(registry::snapshot, concerns, clock),
        new MetricMatcher(registry::snapshot, concerns),
        concerns,
        new FiredStore(database, clock, Duration.ofDays(90)),
        new EventPublisher(
            new TriggerMatcher(registry::snapshot, new Complaints()),
            new Payloads(1, Optional.empty()),
            new Outbox(database, clock)),
        new OncePublisher.Listener() {
          @Override
          public void committed(List<Long> webhookIds) {
            announced.addAll(webhookIds);
          }

          @Override
          public void cutShort(List<CutShort> triggers, long refused) {
            cutShort.addAll(triggers);
          }
        });
  }

  long webhook(OptionalLong workspaceId, Trigger... triggers) {
    return registry
        .create(
            new WebhookDraft(
                "",
                Endpoint.at("http://receiver.example"),
                PayloadForm.DEFAULT,
                WebhookMode.WORKSPACE,
                workspaceId,
                List.of(triggers)),
            1)
        .id();
  }

  static Task task(String id, OptionalLong experimentId) {
    return new Task(id, experimentId.isPresent() ? "TRIAL" : "COMMAND", experimentId, experimentId);
  }

  List<TaskLogLine> lines(Task task, String... texts) {
    return Arrays.stream(texts)
        .map(text -> new TaskLogLine(task, "node", text, clock.instant()))
        .toList();
  }

  TrialMetric acc(double value) {
    return new TrialMetric(4, 4, "acc", value, 100, clock.instant());
  }

  List<String> bodies() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT body FROM webhooks_event ORDER BY id")
                    .map((row, context) -> new String(row.getBytes(1), UTF_8))
                    .list());
  }

  void commit(Consumer<MasterTransaction> what) throws SQLException {
    List<Runnable> tasks = new ArrayList<>();
    try (Connection connection = testDatabase.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      what.accept(new Transaction(connection, tasks));
      connection.commit();
    }
    tasks.forEach(Runnable::run);
  }

  void rollBack(Consumer<MasterTransaction> what) throws SQLException {
    try (Connection connection = testDatabase.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      what.accept(new Transaction(connection, new ArrayList<>()));
      connection.rollback();
    }
  }

  @Override
  public void close() {
    testDatabase.close();
  }

  private record Transaction(Connection connection, List<Runnable> tasks)
      implements MasterTransaction {
    @Override
    public Optional<Experiment> experiment(long id) {
      return id == 404
          ? Optional.empty()
          : Optional.of(Fixtures.experiment(id, ExperimentState.RUNNING));
    }

    @Override
    public void afterCommit(Runnable task) {
      tasks.add(task);
    }
  }
}

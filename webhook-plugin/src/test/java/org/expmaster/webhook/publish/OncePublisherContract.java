package org.expmaster.webhook.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
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
import org.expmaster.webhook.match.Concerns;
import org.expmaster.webhook.match.LogMatcher;
import org.expmaster.webhook.match.LogMatcher.CutShort;
import org.expmaster.webhook.match.MetricMatcher;
import org.expmaster.webhook.match.TriggerMatcher;
import org.expmaster.webhook.outbox.Outbox;
import org.expmaster.webhook.payload.Payloads;
import org.expmaster.webhook.registry.Comparison;
import org.expmaster.webhook.registry.PayloadForm;
import org.expmaster.webhook.registry.Trigger;
import org.expmaster.webhook.registry.WebhookDraft;
import org.expmaster.webhook.registry.WebhookMode;
import org.expmaster.webhook.registry.WebhookRegistry;
import org.expmaster.webhook.testing.Fixtures;
import org.expmaster.webhook.testing.TestDatabase;
import org.expmaster.webhook.testing.TurnableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events that fire once, tested on every database. */
abstract class OncePublisherContract {
  private static final Task TRIAL = task("4.a", OptionalLong.of(4));

  private final TurnableClock clock = new TurnableClock();
  private final List<Long> announced = new ArrayList<>();
  private final List<CutShort> cutShort = new ArrayList<>();
  private TestDatabase testDatabase;
  private Database database;
  private WebhookRegistry registry;
  private OncePublisher publisher;

  abstract TestDatabase fresh();

  @BeforeEach
  void open() {
    testDatabase = fresh();
    database = testDatabase.open();
    registry = new WebhookRegistry(database, clock);
    publisher = another();
  }

  @AfterEach
  void close() {
    testDatabase.close();
  }

  /** Returns the publisher of another master: the same database, a cache of its own. */
  private OncePublisher another() {
    Concerns concerns = new Concerns(clock);
    return new OncePublisher(
        new LogMatcher(registry::snapshot, concerns, clock),
        new MetricMatcher(registry::snapshot, concerns),
        concerns,
        new FiredStore(database, clock, Duration.ofDays(90)),
        new EventPublisher(
            new TriggerMatcher(registry::snapshot),
            new Payloads(1, Optional.empty()),
            new Outbox(database, clock)),
        new OncePublisher.Listener() {
          @Override
          public void committed(List<Long> webhookIds) {
            announced.addAll(webhookIds);
          }

          @Override
          public void cutShort(List<CutShort> triggers) {
            cutShort.addAll(triggers);
          }
        });
  }

  @Test
  void aTaskWhoseLogMatchesIsToldOfOnceWhicheverMasterHearsIt() throws SQLException {
    long webhook = webhook(OptionalLong.empty(), new Trigger.TaskLog("error"));
    commit(transaction -> publisher.publishLines(lines(TRIAL, "fine", "error 1"), transaction));
    assertEquals(List.of(webhook), announced);
    commit(transaction -> another().publishLines(lines(TRIAL, "error 2"), transaction));
    commit(transaction -> publisher.publishLines(lines(TRIAL, "error 3"), transaction));

    assertEquals(1, bodies().size());
    assertTrue(bodies().get(0).contains("\"triggering_log\":\"error 1\""), bodies().toString());
    assertTrue(bodies().get(0).contains("\"experiment\":{\"id\":4,"), bodies().toString());

    Task other = task("4.b", OptionalLong.of(4));
    commit(transaction -> publisher.publishLines(lines(other, "error 4"), transaction));
    assertEquals(2, bodies().size());
  }

  @Test
  void aTrialWhoseMetricCrossesIsToldOfOnce() throws SQLException {
    webhook(OptionalLong.empty(), new Trigger.MetricThreshold("acc", Comparison.ABOVE, 0.9));
    for (double value : new double[] {0.5, 0.91, 0.8, 0.95}) {
      commit(transaction -> publisher.publishMetrics(List.of(acc(value)), transaction));
    }
    assertEquals(1, bodies().size());
    assertTrue(bodies().get(0).contains("\"value\":0.91"), bodies().toString());
  }

  @Test
  void whatIsRolledBackFiresAtTheNextLine() throws SQLException {
    webhook(OptionalLong.empty(), new Trigger.TaskLog("error"));
    rollBack(transaction -> publisher.publishLines(lines(TRIAL, "error 1"), transaction));
    assertEquals(List.of(), announced);
    assertEquals(List.of(), bodies());
    commit(transaction -> publisher.publishLines(lines(TRIAL, "error 2"), transaction));
    assertEquals(1, bodies().size());
  }

  @Test
  void linesThatMatchNothingAskTheTransactionForNothing() {
    webhook(OptionalLong.empty(), new Trigger.TaskLog("error"));
    publisher.publishLines(lines(TRIAL, "fine", "all is well"), new Untouched());
    publisher.publishMetrics(List.of(acc(1)), new Untouched());
  }

  @Test
  void aLogThatGoesOnMatchingAsksTheDatabaseOnce() throws SQLException {
    webhook(OptionalLong.empty(), new Trigger.TaskLog("error"));
    commit(transaction -> publisher.publishLines(lines(TRIAL, "error"), transaction));
    publisher.publishLines(lines(TRIAL, "error again", "and error again"), new Untouched());
  }

  @Test
  void aLogThatGoesOnMatchingForAnotherWorkspaceAsksOnceInAWhile() throws SQLException {
    webhook(OptionalLong.of(99), new Trigger.TaskLog("error"));
    commit(transaction -> publisher.publishLines(lines(TRIAL, "error"), transaction));
    publisher.publishLines(lines(TRIAL, "error again"), new Untouched());
    assertEquals(List.of(), bodies());

    // an edit takes effect at once
    webhook(OptionalLong.of(1), new Trigger.TaskLog("error"));
    commit(transaction -> publisher.publishLines(lines(TRIAL, "error"), transaction));
    assertEquals(1, bodies().size());
  }

  @Test
  void theLogOfACommandIsToldToThoseWhoHearOfEverything() throws SQLException {
    webhook(OptionalLong.empty(), new Trigger.TaskLog("error"));
    webhook(OptionalLong.of(1), new Trigger.TaskLog("error"));
    Task command = task("cmd", OptionalLong.empty());
    commit(transaction -> publisher.publishLines(lines(command, "error"), transaction));
    assertEquals(1, bodies().size());
    assertTrue(bodies().get(0).contains("\"event_data\":{\"task_log\""), bodies().toString());
  }

  @Test
  void whatConcernsAnExperimentThatIsNotThereIsToldToNobody() throws SQLException {
    webhook(OptionalLong.empty(), new Trigger.TaskLog("error"));
    webhook(OptionalLong.empty(), new Trigger.MetricThreshold("acc", Comparison.ABOVE, 0));
    Task lost = task("404.a", OptionalLong.of(404));
    commit(transaction -> publisher.publishLines(lines(lost, "error"), transaction));
    commit(
        transaction ->
            publisher.publishMetrics(
                List.of(new TrialMetric(404, 404, "acc", 1, 0, clock.instant())), transaction));
    assertEquals(List.of(), bodies());
  }

  @Test
  void everyTriggerOfAWebhookIsToldOfByItself() throws SQLException {
    webhook(
        OptionalLong.empty(), new Trigger.TaskLog("error"), new Trigger.TaskLog("(?i)CUDA \\w+"));
    commit(transaction -> publisher.publishLines(lines(TRIAL, "cuda error"), transaction));
    assertEquals(2, bodies().size());
  }

  private long webhook(OptionalLong workspaceId, Trigger... triggers) {
    return registry
        .create(
            new WebhookDraft(
                "",
                URI.create("http://receiver.example"),
                PayloadForm.DEFAULT,
                WebhookMode.WORKSPACE,
                workspaceId,
                List.of(triggers)),
            1)
        .id();
  }

  private static Task task(String id, OptionalLong experimentId) {
    return new Task(id, experimentId.isPresent() ? "TRIAL" : "COMMAND", experimentId, experimentId);
  }

  private List<TaskLogLine> lines(Task task, String... texts) {
    return Arrays.stream(texts)
        .map(text -> new TaskLogLine(task, "node", text, clock.instant()))
        .toList();
  }

  private TrialMetric acc(double value) {
    return new TrialMetric(4, 4, "acc", value, 100, clock.instant());
  }

  private List<String> bodies() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT body FROM webhooks_event ORDER BY id")
                    .map((row, context) -> new String(row.getBytes(1), UTF_8))
                    .list());
  }

  private void commit(Consumer<MasterTransaction> what) throws SQLException {
    List<Runnable> tasks = new ArrayList<>();
    try (Connection connection = testDatabase.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      what.accept(new Transaction(connection, tasks));
      connection.commit();
    }
    tasks.forEach(Runnable::run);
  }

  private void rollBack(Consumer<MasterTransaction> what) throws SQLException {
    try (Connection connection = testDatabase.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      what.accept(new Transaction(connection, new ArrayList<>()));
      connection.rollback();
    }
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

  /** A transaction that must not be used. */
  private static final class Untouched implements MasterTransaction {
    @Override
    public Connection connection() {
      throw new AssertionError("the connection was asked for");
    }

    @Override
    public Optional<Experiment> experiment(long id) {
      throw new AssertionError("an experiment was asked for");
    }

    @Override
    public void afterCommit(Runnable task) {
      throw new AssertionError("the end was asked for");
    }
  }
}

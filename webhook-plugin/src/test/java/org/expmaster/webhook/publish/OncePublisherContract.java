package org.expmaster.webhook.publish;

import static org.expmaster.webhook.publish.OncePublishing.TRIAL;
import static org.expmaster.webhook.publish.OncePublishing.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import org.expmaster.plugin.model.Task;
import org.expmaster.plugin.model.TrialMetric;
import org.expmaster.webhook.match.LogMatcher.CutShort;
import org.expmaster.webhook.registry.Comparison;
import org.expmaster.webhook.registry.Trigger;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events that fire once, tested on every database. */
abstract class OncePublisherContract {
  private OncePublishing once;

  abstract TestDatabase fresh();

  @BeforeEach
  void open() {
    once = new OncePublishing(fresh());
  }

  @AfterEach
  void close() {
    once.close();
  }

  @Test
  void aTaskWhoseLogMatchesIsToldOfOnceWhicheverMasterHearsIt() throws SQLException {
    long webhook = once.webhook(OptionalLong.empty(), new Trigger.TaskLog("error"));
    once.commit(
        transaction ->
            once.publisher.publishLines(once.lines(TRIAL, "fine", "error 1"), transaction));
    assertEquals(List.of(webhook), once.announced);
    once.commit(
        transaction -> once.another().publishLines(once.lines(TRIAL, "error 2"), transaction));
    once.commit(
        transaction -> once.publisher.publishLines(once.lines(TRIAL, "error 3"), transaction));

    assertEquals(1, once.bodies().size());
    assertTrue(
        once.bodies().get(0).contains("\"triggering_log\":\"error 1\""), once.bodies().toString());
    assertTrue(
        once.bodies().get(0).contains("\"experiment\":{\"id\":4,"), once.bodies().toString());

    Task other = task("4.b", OptionalLong.of(4));
    once.commit(
        transaction -> once.publisher.publishLines(once.lines(other, "error 4"), transaction));
    assertEquals(2, once.bodies().size());
  }

  @Test
  void aTrialWhoseMetricCrossesIsToldOfOnce() throws SQLException {
    once.webhook(OptionalLong.empty(), new Trigger.MetricThreshold("acc", Comparison.ABOVE, 0.9));
    for (double value : new double[] {0.5, 0.91, 0.8, 0.95}) {
      once.commit(
          transaction -> once.publisher.publishMetrics(List.of(once.acc(value)), transaction));
    }
    assertEquals(1, once.bodies().size());
    assertTrue(once.bodies().get(0).contains("\"value\":0.91"), once.bodies().toString());
  }

  @Test
  void whatIsRolledBackFiresAtTheNextLine() throws SQLException {
    once.webhook(OptionalLong.empty(), new Trigger.TaskLog("error"));
    once.rollBack(
        transaction -> once.publisher.publishLines(once.lines(TRIAL, "error 1"), transaction));
    assertEquals(List.of(), once.announced);
    assertEquals(List.of(), once.bodies());
    once.commit(
        transaction -> once.publisher.publishLines(once.lines(TRIAL, "error 2"), transaction));
    assertEquals(1, once.bodies().size());
  }

  @Test
  void theLogOfACommandIsToldToThoseWhoHearOfEverything() throws SQLException {
    once.webhook(OptionalLong.empty(), new Trigger.TaskLog("error"));
    once.webhook(OptionalLong.of(1), new Trigger.TaskLog("error"));
    Task command = task("cmd", OptionalLong.empty());
    once.commit(
        transaction -> once.publisher.publishLines(once.lines(command, "error"), transaction));
    assertEquals(1, once.bodies().size());
    assertTrue(
        once.bodies().get(0).contains("\"event_data\":{\"task_log\""), once.bodies().toString());
  }

  @Test
  void whatConcernsAnExperimentThatIsNotThereIsToldToNobody() throws SQLException {
    once.webhook(OptionalLong.empty(), new Trigger.TaskLog("error"));
    once.webhook(OptionalLong.empty(), new Trigger.MetricThreshold("acc", Comparison.ABOVE, 0));
    Task lost = task("404.a", OptionalLong.of(404));
    once.commit(transaction -> once.publisher.publishLines(once.lines(lost, "error"), transaction));
    once.commit(
        transaction ->
            once.publisher.publishMetrics(
                List.of(new TrialMetric(404, 404, "acc", 1, 0, once.clock.instant())),
                transaction));
    assertEquals(List.of(), once.bodies());
  }

  @Test
  void whatCostsTooMuchIsReportedEvenIfTheTransactionIsRolledBack() throws SQLException {
    String costly = "[a-z ]{0,400}[a-z ]{0,300}[0-9]$";
    long webhook = once.webhook(OptionalLong.empty(), new Trigger.TaskLog(costly));
    once.commit(transaction -> once.publisher.publishLines(once.lines(TRIAL, "a 1"), transaction));
    assertEquals(List.of(), once.cutShort);
    String line = "letters of a line ".repeat(5_000);
    Task other = task("4.b", OptionalLong.of(4));
    once.rollBack(transaction -> once.publisher.publishLines(once.lines(other, line), transaction));
    assertEquals(List.of(webhook), once.cutShort.stream().map(CutShort::webhookId).toList());
  }

  @Test
  void everyTriggerOfAWebhookIsToldOfByItself() throws SQLException {
    once.webhook(
        OptionalLong.empty(), new Trigger.TaskLog("error"), new Trigger.TaskLog("(?i)CUDA \\w+"));
    once.commit(
        transaction -> once.publisher.publishLines(once.lines(TRIAL, "cuda error"), transaction));
    assertEquals(2, once.bodies().size());
  }
}

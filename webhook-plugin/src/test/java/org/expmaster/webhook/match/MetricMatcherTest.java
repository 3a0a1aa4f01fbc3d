package org.expmaster.webhook.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongFunction;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.plugin.model.TrialMetric;
import org.expmaster.webhook.event.Crossing;
import org.expmaster.webhook.event.WebhookEvent;
import org.expmaster.webhook.registry.Comparison;
import org.expmaster.webhook.registry.Snapshots;
import org.expmaster.webhook.registry.Trigger.MetricThreshold;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.Webhook.StoredTrigger;
import org.expmaster.webhook.registry.WebhookMode;
import org.expmaster.webhook.testing.Fixtures;
import org.junit.jupiter.api.Test;

class MetricMatcherTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final LongFunction<Optional<Experiment>> HERE =
      id -> Optional.of(Fixtures.experiment(id, ExperimentState.RUNNING));
  private static final Webhook WEBHOOK =
      Fixtures.webhook(
          1,
          WebhookMode.WORKSPACE,
          List.of(
              new StoredTrigger(1, new MetricThreshold("acc", Comparison.AT_LEAST, 0.9)),
              new StoredTrigger(2, new MetricThreshold("loss", Comparison.BELOW, 0.1))));

  @Test
  void aMetricFiresWhereItIsBeyondTheThresholdOfItsName() {
    assertEquals(List.of(1L), triggers(metric(5, "acc", 0.9)));
    assertEquals(List.of(), triggers(metric(5, "acc", 0.89), metric(5, "val acc", 0.99)));
    assertEquals(List.of(2L), triggers(metric(5, "loss", Double.NEGATIVE_INFINITY)));
  }

  @Test
  void whatIsNotANumberNeverCrosses() {
    assertEquals(List.of(), triggers(metric(5, "acc", Double.NaN), metric(5, "loss", Double.NaN)));
  }

  @Test
  void inOneBatchATriggerFiresOnceATrial() {
    assertEquals(
        List.of(1L, 1L),
        triggers(metric(5, "acc", 0.91), metric(5, "acc", 0.92), metric(6, "acc", 0.93)));
  }

  @Test
  void whatIsKnownToHaveFiredIsPassedOver() {
    List<Candidate> found =
        matcher()
            .match(
                List.of(metric(5, "acc", 1), metric(6, "acc", 1)),
                (trigger, subject) -> trigger == 1 && subject.equals("5"),
                HERE);
    assertEquals(List.of("6"), found.stream().map(Candidate::subject).toList());
  }

  @Test
  void theEventSaysWhatWasReportedAndWhatItCrossed() {
    Candidate found =
        matcher().match(List.of(metric(5, "acc", 0.95)), (t, s) -> false, HERE).get(0);
    var experiment = Fixtures.experiment(4, ExperimentState.RUNNING);
    var event = (WebhookEvent.MetricThreshold) found.occurrence().event(Optional.of(experiment));
    assertEquals(new Crossing("acc", 0.95, ">=", 0.9), event.crossing());
    assertEquals(5, event.trialId());
    assertEquals(NOW, event.at());
    assertEquals(experiment, event.experiment());
    assertEquals(OptionalLong.of(4), found.experimentId());
  }

  @Test
  void ofManyThresholdsEachIsToldOfTheFirstValueBeyondIt() {
    List<StoredTrigger> triggers = new ArrayList<>();
    Comparison[] operators = Comparison.values();
    for (int i = 0; i < 400; i++) {
      triggers.add(
          new StoredTrigger(
              i, new MetricThreshold("acc", operators[i % operators.length], (i * 7) % 40)));
    }
    Random dice = new Random(20_260_301);
    List<TrialMetric> metrics = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      double value = dice.nextInt(10) == 0 ? Double.NaN : 20 + dice.nextInt(2 + i / 5) - i / 10;
      metrics.add(metric(1 + dice.nextInt(3), "acc", value));
    }
    List<String> expected = new ArrayList<>();
    Set<String> fired = new HashSet<>();
    for (TrialMetric metric : metrics) {
      for (StoredTrigger stored : triggers) {
        MetricThreshold condition = (MetricThreshold) stored.trigger();
        if (condition.operator().holds(metric.value(), condition.value())
            && fired.add(stored.id() + " of " + metric.trialId())) {
          expected.add(stored.id() + " of " + metric.trialId() + " at " + metric.value());
        }
      }
    }
    var snapshot = Snapshots.of(Fixtures.webhook(1, WebhookMode.WORKSPACE, triggers));
    var experiment = Fixtures.experiment(4, ExperimentState.RUNNING);
    List<String> found =
        new MetricMatcher(() -> snapshot, new Concerns(Clock.systemUTC(), new Complaints()))
            .match(metrics, (trigger, subject) -> false, HERE).stream()
                .map(
                    c ->
                        c.triggerId()
                            + " of "
                            + c.subject()
                            + " at "
                            + ((WebhookEvent.MetricThreshold)
                                    c.occurrence().event(Optional.of(experiment)))
                                .crossing()
                                .value())
                .toList();
    assertEquals(new TreeSet<>(expected), new TreeSet<>(found));
    assertEquals(expected.size(), found.size());
    assertTrue(found.size() > 500, "too few to test anything");
  }

  private static MetricMatcher matcher() {
    var snapshot = Snapshots.of(WEBHOOK);
    return new MetricMatcher(() -> snapshot, new Concerns(Clock.systemUTC(), new Complaints()));
  }

  private static List<Long> triggers(TrialMetric... metrics) {
    return matcher().match(List.of(metrics), (trigger, subject) -> false, HERE).stream()
        .map(Candidate::triggerId)
        .toList();
  }

  private static TrialMetric metric(long trial, String name, double value) {
    return new TrialMetric(4, trial, name, value, 100, NOW);
  }
}

package org.expmaster.webhook.match;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.plugin.model.TrialMetric;
import org.expmaster.webhook.event.Crossing;
import org.expmaster.webhook.event.WebhookEvent;
import org.expmaster.webhook.registry.Operator;
import org.expmaster.webhook.registry.Snapshots;
import org.expmaster.webhook.registry.Trigger.MetricThreshold;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.Webhook.StoredTrigger;
import org.expmaster.webhook.registry.WebhookMode;
import org.expmaster.webhook.testing.Fixtures;
import org.junit.jupiter.api.Test;

class MetricMatcherTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Webhook WEBHOOK =
      Fixtures.webhook(
          1,
          WebhookMode.WORKSPACE,
          List.of(
              new StoredTrigger(1, new MetricThreshold("acc", Operator.AT_LEAST, 0.9)),
              new StoredTrigger(2, new MetricThreshold("loss", Operator.BELOW, 0.1))));

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
                (trigger, subject) -> trigger == 1 && subject.equals("5"));
    assertEquals(List.of("6"), found.stream().map(Candidate::subject).toList());
  }

  @Test
  void theEventSaysWhatWasReportedAndWhatItCrossed() {
    Candidate found = matcher().match(List.of(metric(5, "acc", 0.95)), (t, s) -> false).get(0);
    var experiment = Fixtures.experiment(4, ExperimentState.RUNNING);
    var event = (WebhookEvent.MetricThreshold) found.occurrence().event(Optional.of(experiment));
    assertEquals(new Crossing("acc", 0.95, ">=", 0.9), event.crossing());
    assertEquals(5, event.trialId());
    assertEquals(NOW, event.at());
    assertEquals(experiment, event.experiment());
    assertEquals(OptionalLong.of(4), found.experimentId());
  }

  private static MetricMatcher matcher() {
    var snapshot = Snapshots.of(WEBHOOK);
    return new MetricMatcher(() -> snapshot);
  }

  private static List<Long> triggers(TrialMetric... metrics) {
    return matcher().match(List.of(metrics), (trigger, subject) -> false).stream()
        .map(Candidate::triggerId)
        .toList();
  }

  private static TrialMetric metric(long trial, String name, double value) {
    return new TrialMetric(4, trial, name, value, 100, NOW);
  }
}

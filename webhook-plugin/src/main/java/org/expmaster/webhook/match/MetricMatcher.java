package org.expmaster.webhook.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.TrialMetric;
import org.expmaster.webhook.event.Crossing;
import org.expmaster.webhook.event.WebhookEvent;
import org.expmaster.webhook.match.Candidate.Known;
import org.expmaster.webhook.match.Candidate.Occurrence;
import org.expmaster.webhook.match.Thresholds.Threshold;
import org.expmaster.webhook.registry.RegistrySnapshot;
import org.expmaster.webhook.registry.Trigger.MetricThreshold;

/** Finds the triggers whose threshold a metric crosses, in memory. */
public final class MetricMatcher {
  private final PerSnapshot<Map<String, Map<Long, Thresholds>>> thresholds;
  private final Concerns concerns;

  /**
   * @param registry supplies the current webhooks
   * @param concerns knows which webhooks an experiment concerns
   */
  public MetricMatcher(Supplier<RegistrySnapshot> registry, Concerns concerns) {
    this.thresholds = new PerSnapshot<>(registry, Thresholds::byMetric);
    this.concerns = concerns;
  }

  /**
   * Returns the triggers that these metrics may fire, each once per trial.
   *
   * @param known tells which triggers to skip
   * @param lookup finds a trial's experiment; called only if a metric crosses a threshold
   */
  public List<Candidate> match(
      List<TrialMetric> metrics, Known known, LongFunction<Optional<Experiment>> lookup) {
    Map<String, Map<Long, Thresholds>> all = thresholds.get();
    Batch batch = new Batch(known, lookup);
    for (TrialMetric metric : metrics) {
      Map<Long, Thresholds> ofMetric = all.get(metric.name());
      if (ofMetric != null && ofMetric.get(Thresholds.FIRST).isCrossed(metric.value())) {
        batch.match(metric, ofMetric);
      }
    }
    return batch.candidates;
  }

  private final class Batch {
    private final Known known;
    private final LongFunction<Optional<Experiment>> lookup;
    private final Map<Passed, Thresholds.Extremes> extremes = new HashMap<>();
    private final List<Candidate> candidates = new ArrayList<>();

    Batch(Known known, LongFunction<Optional<Experiment>> lookup) {
      this.known = known;
      this.lookup = lookup;
    }

    private record Passed(long trialId, Thresholds thresholds) {}

    void match(TrialMetric metric, Map<Long, Thresholds> ofMetric) {
      Concern concern =
          concerns.of(OptionalLong.of(metric.experimentId()), OptionalLong.empty(), lookup);
      if (concern.anyone()) {
        match(metric, ofMetric.get(Thresholds.ALL), concern);
        match(metric, ofMetric.get(concern.workspaceId().orElseThrow()), concern);
      }
    }

    private void match(TrialMetric metric, Thresholds those, Concern concern) {
      if (those == null) {
        return;
      }
      Thresholds.Extremes soFar =
          extremes.computeIfAbsent(
              new Passed(metric.trialId(), those), first -> new Thresholds.Extremes());
      String trial = Long.toString(metric.trialId());
      for (Threshold crossed : those.newlyCrossed(metric.value(), soFar)) {
        if (concern.includes(crossed.webhook()) && !known.is(crossed.triggerId(), trial)) {
          candidates.add(
              new Candidate(
                  crossed.webhook(),
                  crossed.triggerId(),
                  trial,
                  OptionalLong.of(metric.experimentId()),
                  occurrence(metric, crossed.condition())));
        }
      }
    }
  }

  private static Occurrence occurrence(TrialMetric metric, MetricThreshold condition) {
    UUID id = UUID.randomUUID();
    Crossing crossing =
        new Crossing(metric.name(), metric.value(), condition.operator().sign(), condition.value());
    return subject ->
        new WebhookEvent.MetricThreshold(
            id, metric.at(), subject.orElseThrow(), metric.trialId(), crossing);
  }
}

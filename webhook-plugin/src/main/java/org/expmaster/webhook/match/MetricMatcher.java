package org.expmaster.webhook.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.expmaster.plugin.model.TrialMetric;
import org.expmaster.webhook.event.Crossing;
import org.expmaster.webhook.event.WebhookEvent;
import org.expmaster.webhook.match.Candidate.Known;
import org.expmaster.webhook.match.Candidate.Occurrence;
import org.expmaster.webhook.registry.RegistrySnapshot;
import org.expmaster.webhook.registry.Trigger.MetricThreshold;
import org.expmaster.webhook.registry.Webhook;

/** Finds the triggers whose threshold a metric is beyond, in memory. */
public final class MetricMatcher {
  private final PerSnapshot<Map<String, List<Threshold>>> thresholds;

  /**
   * @param registry gives the webhooks as they are now
   */
  public MetricMatcher(Supplier<RegistrySnapshot> registry) {
    this.thresholds = new PerSnapshot<>(registry, MetricMatcher::byMetric);
  }

  private record Threshold(Webhook webhook, long triggerId, MetricThreshold condition) {}

  private static Map<String, List<Threshold>> byMetric(RegistrySnapshot snapshot) {
    Map<String, List<Threshold>> found = new HashMap<>();
    for (Webhook webhook : snapshot.byId().values()) {
      for (Webhook.StoredTrigger stored : webhook.triggers()) {
        if (stored.trigger() instanceof MetricThreshold condition) {
          found
              .computeIfAbsent(condition.metric(), name -> new ArrayList<>())
              .add(new Threshold(webhook, stored.id(), condition));
        }
      }
    }
    return found;
  }

  /**
   * The triggers that these metrics may fire, each once a trial.
   *
   * @param known what is passed over
   */
  public List<Candidate> match(List<TrialMetric> metrics, Known known) {
    Map<String, List<Threshold>> all = thresholds.get();
    List<Candidate> candidates = new ArrayList<>();
    Set<Fired> fired = new HashSet<>();
    for (TrialMetric metric : metrics) {
      String trial = Long.toString(metric.trialId());
      for (Threshold threshold : all.getOrDefault(metric.name(), List.of())) {
        MetricThreshold condition = threshold.condition();
        if (condition.operator().holds(metric.value(), condition.value())
            && !known.is(threshold.triggerId(), trial)
            && fired.add(new Fired(threshold.triggerId(), trial))) {
          candidates.add(
              new Candidate(
                  threshold.webhook(),
                  threshold.triggerId(),
                  trial,
                  OptionalLong.of(metric.experimentId()),
                  occurrence(metric, condition)));
        }
      }
    }
    return candidates;
  }

  private record Fired(long triggerId, String trial) {}

  private static Occurrence occurrence(TrialMetric metric, MetricThreshold condition) {
    UUID id = UUID.randomUUID();
    Crossing crossing =
        new Crossing(metric.name(), metric.value(), condition.operator().sign(), condition.value());
    return subject ->
        new WebhookEvent.MetricThreshold(
            id, metric.at(), subject.orElseThrow(), metric.trialId(), crossing);
  }
}

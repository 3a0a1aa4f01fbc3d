package org.expmaster.webhook.match;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.expmaster.webhook.registry.Comparison;
import org.expmaster.webhook.registry.RegistrySnapshot;
import org.expmaster.webhook.registry.Trigger.MetricThreshold;
import org.expmaster.webhook.registry.Webhook;

/**
 * The thresholds of one metric, sorted, so that a report only looks at thresholds that no earlier
 * value of the batch has crossed, however many reports and thresholds there are.
 */
final class Thresholds {
  /** The workspace id that stands for all workspaces. */
  static final long ALL = 0;

  /** The key for the thresholds that are crossed first in each workspace. */
  static final long FIRST = -1;

  private final Map<Comparison, List<Threshold>> byComparison = new HashMap<>();

  record Threshold(Webhook webhook, long triggerId, MetricThreshold condition) {}

  /** Counts the thresholds of each operator that values have crossed so far. Not thread-safe. */
  static final class Extremes {
    private final Map<Comparison, Integer> crossed = new HashMap<>();
  }

  /** Returns all thresholds of a snapshot, by metric and then by the webhook's workspace. */
  static Map<String, Map<Long, Thresholds>> byMetric(RegistrySnapshot snapshot) {
    Map<String, Map<Long, Thresholds>> found = new HashMap<>();
    for (Webhook webhook : snapshot.byId().values()) {
      webhook.eachTrigger(
          MetricThreshold.class,
          (id, condition) ->
              found
                  .computeIfAbsent(condition.metric(), name -> new HashMap<>())
                  .computeIfAbsent(webhook.workspaceId().orElse(ALL), all -> new Thresholds())
                  .byComparison
                  .computeIfAbsent(condition.operator(), operator -> new ArrayList<>())
                  .add(new Threshold(webhook, id, condition)));
    }
    for (Map<Long, Thresholds> ofMetric : found.values()) {
      ofMetric.values().forEach(Thresholds::sort);
      ofMetric.put(FIRST, first(ofMetric.values()));
    }
    return found;
  }

  private static Thresholds first(Collection<Thresholds> all) {
    Thresholds first = new Thresholds();
    for (Thresholds those : all) {
      those.byComparison.forEach(
          (operator, list) ->
              first
                  .byComparison
                  .computeIfAbsent(operator, none -> new ArrayList<>())
                  .add(list.get(0)));
    }
    first.sort();
    return first;
  }

  boolean isCrossed(double value) {
    return byComparison.entrySet().stream()
        .anyMatch(one -> one.getKey().holds(value, one.getValue().get(0).condition().value()));
  }

  /** Sorts the thresholds in the order in which values cross them. */
  private void sort() {
    Comparator<Threshold> rising = Comparator.comparingDouble(t -> t.condition().value());
    byComparison.forEach(
        (operator, list) -> list.sort(isForLarge(operator) ? rising : rising.reversed()));
  }

  private static boolean isForLarge(Comparison comparison) {
    return comparison == Comparison.AT_LEAST || comparison == Comparison.ABOVE;
  }

  /** Returns the thresholds that this value crosses and no earlier value has crossed. */
  List<Threshold> newlyCrossed(double value, Extremes soFar) {
    List<Threshold> crossed = new ArrayList<>();
    byComparison.forEach(
        (operator, list) -> {
          int next = soFar.crossed.getOrDefault(operator, 0);
          while (next < list.size() && operator.holds(value, list.get(next).condition().value())) {
            crossed.add(list.get(next++));
          }
          soFar.crossed.put(operator, next);
        });
    return crossed;
  }
}

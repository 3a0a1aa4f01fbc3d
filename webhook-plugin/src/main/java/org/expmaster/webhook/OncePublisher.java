package org.expmaster.webhook;

import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.expmaster.plugin.MasterTransaction;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.TaskLogLine;
import org.expmaster.plugin.model.TrialMetric;
import org.expmaster.webhook.event.WebhookEvent;
import org.expmaster.webhook.match.Candidate;
import org.expmaster.webhook.match.LogMatcher;
import org.expmaster.webhook.match.MetricMatcher;
import org.expmaster.webhook.match.Refusals;
import org.expmaster.webhook.match.TriggerMatcher;
import org.expmaster.webhook.outbox.FiredTriggers;
import org.expmaster.webhook.outbox.Firing;
import org.expmaster.webhook.registry.Webhook;

/**
 * Event → match → <em>for the first time?</em> → render → outbox, for what fires once: a task whose
 * log matches, a trial whose metric is beyond a threshold. The database is asked of nothing until
 * something matches that is not known to have fired.
 */
final class OncePublisher {
  private final LogMatcher logs;
  private final MetricMatcher metrics;
  private final Refusals refusals;
  private final FiredTriggers fired;
  private final EventPublisher publisher;
  private final Outlet outlet;

  /** Where what was written goes, and the time at which it is. */
  record Outlet(Consumer<List<Long>> announce, Clock clock) {}

  OncePublisher(
      LogMatcher logs,
      MetricMatcher metrics,
      Refusals refusals,
      FiredTriggers fired,
      EventPublisher publisher,
      Outlet outlet) {
    this.logs = logs;
    this.metrics = metrics;
    this.refusals = refusals;
    this.fired = fired;
    this.publisher = publisher;
    this.outlet = outlet;
  }

  /** Writes a delivery for every trigger that these lines fire for the first time. */
  void publishLines(List<TaskLogLine> lines, MasterTransaction transaction) {
    publish(logs.match(lines, this::isKnown, outlet.clock().instant()), transaction);
  }

  /** The same, for metrics. */
  void publishMetrics(List<TrialMetric> reported, MasterTransaction transaction) {
    publish(metrics.match(reported, this::isKnown), transaction);
  }

  private boolean isKnown(long triggerId, String subject) {
    return fired.remembers(new Firing(triggerId, subject)) || refusals.has(triggerId, subject);
  }

  private void publish(List<Candidate> candidates, MasterTransaction transaction) {
    if (candidates.isEmpty()) {
      return;
    }
    Map<OptionalLong, Optional<Experiment>> experiments = new HashMap<>();
    Map<Firing, Candidate> wanted = new LinkedHashMap<>();
    for (Candidate candidate : candidates) {
      Optional<Experiment> experiment =
          experiments.computeIfAbsent(candidate.experimentId(), id -> look(id, transaction));
      boolean exists = experiment.isPresent() || candidate.experimentId().isEmpty();
      if (exists && TriggerMatcher.concerns(candidate.webhook(), experiment)) {
        wanted.put(new Firing(candidate.triggerId(), candidate.subject()), candidate);
      } else {
        refusals.note(candidate);
      }
    }
    if (!wanted.isEmpty()) {
      fire(wanted, experiments, transaction);
    }
  }

  private static Optional<Experiment> look(OptionalLong id, MasterTransaction transaction) {
    return id.isPresent() ? transaction.experiment(id.getAsLong()) : Optional.empty();
  }

  private void fire(
      Map<Firing, Candidate> wanted,
      Map<OptionalLong, Optional<Experiment>> experiments,
      MasterTransaction transaction) {
    try {
      Set<Firing> first = fired.claim(transaction.connection(), wanted.keySet());
      Map<WebhookEvent, List<Webhook>> events = new LinkedHashMap<>();
      wanted.forEach(
          (firing, candidate) -> {
            if (first.contains(firing)) {
              Optional<Experiment> subject = experiments.get(candidate.experimentId());
              events
                  .computeIfAbsent(candidate.occurrence().event(subject), e -> new ArrayList<>())
                  .add(candidate.webhook());
            }
          });
      List<Long> told = new ArrayList<>();
      for (var event : events.entrySet()) {
        told.addAll(publisher.write(event.getKey(), event.getValue(), transaction.connection()));
      }
      List<Firing> known = List.copyOf(wanted.keySet());
      transaction.afterCommit(
          () -> {
            fired.remember(known);
            outlet.announce().accept(told);
          });
    } catch (SQLException failed) {
      throw new IllegalStateException("what fired could not be stored", failed);
    }
  }
}

package org.expmaster.webhook.publish;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.expmaster.plugin.MasterTransaction;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.TaskLogLine;
import org.expmaster.plugin.model.TrialMetric;
import org.expmaster.webhook.event.WebhookEvent;
import org.expmaster.webhook.match.Candidate;
import org.expmaster.webhook.match.Concerns;
import org.expmaster.webhook.match.LogMatcher;
import org.expmaster.webhook.match.LogMatcher.CutShort;
import org.expmaster.webhook.match.MetricMatcher;
import org.expmaster.webhook.registry.Webhook;

/**
 * Publishes events that fire once, for a task whose log matches or a trial whose metric crosses a
 * threshold: event → match → <em>first time?</em> → render → outbox. Does not query the database
 * until something matches that is not known to have fired.
 */
public final class OncePublisher {
  private final LogMatcher logs;
  private final MetricMatcher metrics;
  private final Concerns concerns;
  private final FiredStore fired;
  private final EventPublisher publisher;
  private final Listener listener;

  /** Is told what publishing has come to. */
  public interface Listener {
    /** Deliveries to these webhooks have been committed. */
    void committed(List<Long> webhookIds);

    /**
     * The lines of a batch were not searched for all that they should have been.
     *
     * @param triggers those that were not tried on the whole of a line
     * @param refused how often an expression was not tried on a line at all
     */
    void cutShort(List<CutShort> triggers, long refused);
  }

  public OncePublisher(
      LogMatcher logs,
      MetricMatcher metrics,
      Concerns concerns,
      FiredStore fired,
      EventPublisher publisher,
      Listener listener) {
    this.logs = logs;
    this.metrics = metrics;
    this.concerns = concerns;
    this.fired = fired;
    this.publisher = publisher;
    this.listener = listener;
  }

  /** Writes a delivery for every trigger that these lines fire for the first time. */
  public void publishLines(List<TaskLogLine> lines, MasterTransaction transaction) {
    Lookup lookup = new Lookup(transaction);
    LogMatcher.Matches found = logs.match(lines, this::isKnown, lookup::find);
    if (!found.cutShort().isEmpty() || found.refused() > 0) {
      listener.cutShort(found.cutShort(), found.refused());
    }
    publish(found.candidates(), lookup);
  }

  /** Writes a delivery for every trigger that these metrics fire for the first time. */
  public void publishMetrics(List<TrialMetric> reported, MasterTransaction transaction) {
    Lookup lookup = new Lookup(transaction);
    publish(metrics.match(reported, this::isKnown, lookup::find), lookup);
  }

  private boolean isKnown(long triggerId, String subject) {
    return fired.remembers(new Firing(triggerId, subject));
  }

  /** Experiments as the transaction sees them, each read once. */
  private record Lookup(MasterTransaction transaction, Map<Long, Optional<Experiment>> found) {
    Lookup(MasterTransaction transaction) {
      this(transaction, new HashMap<>());
    }

    Optional<Experiment> find(long id) {
      return found.computeIfAbsent(id, transaction::experiment);
    }

    Optional<Experiment> find(OptionalLong id) {
      return id.isPresent() ? find(id.getAsLong()) : Optional.empty();
    }
  }

  private void publish(List<Candidate> candidates, Lookup lookup) {
    Map<Firing, Candidate> wanted = new LinkedHashMap<>();
    for (Candidate candidate : candidates) {
      // the match used cached data of the experiment, which may have been moved since
      if (concerns.includes(candidate, lookup.find(candidate.experimentId()))) {
        wanted.put(new Firing(candidate.triggerId(), candidate.subject()), candidate);
      }
    }
    if (!wanted.isEmpty()) {
      fire(wanted, lookup);
    }
  }

  private void fire(Map<Firing, Candidate> wanted, Lookup lookup) {
    MasterTransaction transaction = lookup.transaction();
    try {
      Set<Firing> first = fired.claim(transaction.connection(), wanted.keySet());
      Map<WebhookEvent, List<Webhook>> events = new LinkedHashMap<>();
      wanted.forEach(
          (firing, candidate) -> {
            if (first.contains(firing)) {
              Optional<Experiment> subject = lookup.find(candidate.experimentId());
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
            listener.committed(told);
          });
    } catch (SQLException failed) {
      throw new IllegalStateException("what fired could not be stored", failed);
    }
  }
}

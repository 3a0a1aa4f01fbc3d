package org.expmaster.webhook.match;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import org.expmaster.plugin.model.Experiment;

/**
 * Knows which webhooks each experiment concerns, so that patterns and thresholds are tried only for
 * webhooks that are notified of the experiment. Finding out costs a query, so the answer is cached;
 * for some seconds only, since an experiment may be moved. Thread-safe.
 */
public final class Concerns {
  private static final Duration AGE = Duration.ofSeconds(10);
  private static final int MOST = 5_000;

  private final Clock clock;
  private final Complaints complaints;
  private final Map<Long, Known> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Known> eldest) {
          return size() > MOST;
        }
      };

  /**
   * @param clock decides when cached answers expire
   * @param complaints is given the configs that are looked up
   */
  public Concerns(Clock clock, Complaints complaints) {
    this.clock = clock;
    this.complaints = complaints;
  }

  private record Known(Concern concern, Instant since) {}

  /** Returns the concern of a task or a trial. */
  Concern of(
      OptionalLong experimentId,
      OptionalLong workspaceId,
      LongFunction<Optional<Experiment>> lookup) {
    if (experimentId.isEmpty()) {
      return Concern.ofTask(workspaceId);
    }
    long id = experimentId.getAsLong();
    return remembered(id).orElseGet(() -> learn(id, lookup.apply(id)));
  }

  /**
   * Returns whether the candidate's webhook is notified of the experiment; caches the answer.
   *
   * @param experiment the experiment as it is now, or empty if there is none with this id
   */
  public boolean includes(Candidate candidate, Optional<Experiment> experiment) {
    return candidate.experimentId().isEmpty()
        || learn(candidate.experimentId().getAsLong(), experiment).includes(candidate.webhook());
  }

  private synchronized Optional<Concern> remembered(long experimentId) {
    Known now = known.get(experimentId);
    if (now == null) {
      return Optional.empty();
    }
    Duration age = Duration.between(now.since(), clock.instant());
    return age.isNegative() || age.compareTo(AGE) >= 0
        ? Optional.empty()
        : Optional.of(now.concern());
  }

  private Concern learn(long experimentId, Optional<Experiment> experiment) {
    Concern concern = experiment.map(Concern::of).orElse(Concern.NOBODY);
    experiment.ifPresent(known -> complaints.about(known, concern));
    synchronized (this) {
      known.remove(experimentId);
      known.put(experimentId, new Known(concern, clock.instant()));
    }
    return concern;
  }
}

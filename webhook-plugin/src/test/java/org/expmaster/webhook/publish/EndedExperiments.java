package org.expmaster.webhook.publish;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.expmaster.plugin.Experiments;
import org.expmaster.plugin.http.Caller;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.ExperimentEnd;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.plugin.model.Workspace;
import org.expmaster.webhook.testing.Fixtures;

/** Experiments that have ended, each COMPLETED. */
final class EndedExperiments implements Experiments {
  private final Map<Long, Instant> ends = new ConcurrentHashMap<>();
  private boolean cannotTell;
  private int pages;
  private Runnable beforeLookup = () -> {};

  /** Commits an end. */
  void end(long id, Instant at) {
    ends.put(id, at);
  }

  /** Makes this a master that cannot tell which experiments have ended. */
  void cannotTell() {
    cannotTell = true;
  }

  /** Returns how many pages have been read. */
  int pages() {
    return pages;
  }

  /** Is run before each look-up of several experiments, once their ends have been read. */
  void beforeLookup(Runnable action) {
    beforeLookup = action;
  }

  @Override
  public Optional<List<ExperimentEnd>> ends(Instant at, long afterId, int limit) {
    pages++;
    if (cannotTell) {
      return Optional.empty();
    }
    return Optional.of(
        ends.entrySet().stream()
            .map(it -> new ExperimentEnd(it.getKey(), ExperimentState.COMPLETED, it.getValue()))
            .filter(
                end -> end.at().isAfter(at) || end.at().equals(at) && end.experimentId() > afterId)
            .sorted(
                Comparator.comparing(ExperimentEnd::at).thenComparing(ExperimentEnd::experimentId))
            .limit(limit)
            .toList());
  }

  @Override
  public List<Experiment> experiments(Collection<Long> ids) {
    beforeLookup.run();
    return Experiments.super.experiments(ids);
  }

  @Override
  public Optional<Experiment> experiment(long id) {
    return Optional.of(Fixtures.experiment(id, ExperimentState.COMPLETED));
  }

  @Override
  public Optional<Experiment> experiment(long id, Caller caller) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Workspace> workspace(long id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Workspace> workspaces() {
    throw new UnsupportedOperationException();
  }
}

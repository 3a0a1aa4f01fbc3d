package org.expmaster.host.experiment;

import static org.expmaster.plugin.model.ExperimentState.ACTIVE;
import static org.expmaster.plugin.model.ExperimentState.CANCELED;
import static org.expmaster.plugin.model.ExperimentState.PAUSED;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.ApiException.Reason;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.ExperimentState;

/** Kills, pauses and activates experiments. Thread-safe. */
public final class ExperimentControl {
  private static final int TRIES = 20;
  private static final Set<ExperimentState> ON_ITS_WAY =
      Set.of(
          ACTIVE,
          ExperimentState.QUEUED,
          ExperimentState.PULLING,
          ExperimentState.STARTING,
          ExperimentState.RUNNING);

  private final ExperimentStore store;
  private final StateChanger changer;
  private final JobRunner runner;

  public ExperimentControl(ExperimentStore store, StateChanger changer, JobRunner runner) {
    this.store = store;
    this.changer = changer;
    this.runner = runner;
  }

  /** Cancels an experiment; one that has ended stays as it is. */
  void kill(long id) {
    change(id, state -> state.isFinal() ? Optional.empty() : Optional.of(CANCELED));
    runner.forget(id);
  }

  void pause(long id) {
    change(
        id,
        state -> {
          if (state == PAUSED) {
            return Optional.empty();
          }
          return Optional.of(PAUSED).filter(to -> onItsWay(id, state));
        });
    runner.forget(id);
  }

  void activate(long id) {
    change(
            id,
            state -> {
              if (state != PAUSED) {
                onItsWay(id, state);
                return Optional.empty();
              }
              return Optional.of(ACTIVE);
            })
        .ifPresent(now -> runner.start(id, now.config()));
  }

  private static boolean onItsWay(long id, ExperimentState state) {
    if (ON_ITS_WAY.contains(state)) {
      return true;
    }
    throw new ApiException(
        Reason.FAILED_PRECONDITION, "experiment " + id + " is " + state + " already");
  }

  /** Changes to the state that {@code next} returns for the current one; retries on a conflict. */
  private Optional<Experiment> change(
      long id, Function<ExperimentState, Optional<ExperimentState>> next) {
    for (int i = 0; i < TRIES; i++) {
      ExperimentState from =
          store
              .find(id)
              .map(Experiment::state)
              .orElseThrow(() -> ApiException.notFound("there is no experiment " + id));
      Optional<ExperimentState> to = next.apply(from);
      if (to.isEmpty()) {
        return Optional.empty();
      }
      Optional<Experiment> changed = changer.change(id, from, to.get());
      if (changed.isPresent()) {
        return changed;
      }
    }
    throw new ApiException(Reason.ABORTED, "experiment " + id + " keeps changing; try again");
  }
}

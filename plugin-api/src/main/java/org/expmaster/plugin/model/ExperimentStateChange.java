package org.expmaster.plugin.model;

import java.time.Instant;
import java.util.Objects;

/**
 * A change of an experiment's state.
 *
 * @param experiment the experiment after the change; {@link Experiment#state()} is the new state
 * @param previous the state before the change
 * @param at when the change happened, by the master's clock
 */
public record ExperimentStateChange(Experiment experiment, ExperimentState previous, Instant at) {
  public ExperimentStateChange {
    Objects.requireNonNull(experiment, "experiment");
    Objects.requireNonNull(previous, "previous");
    Objects.requireNonNull(at, "at");
    if (experiment.state() == previous) {
      throw new IllegalArgumentException("experiment " + experiment.id() + " was " + previous);
    }
  }
}

package org.expmaster.plugin.model;

import java.time.Instant;
import java.util.Objects;

/**
 * The end of an experiment: its change to a final state.
 *
 * @param experimentId the experiment's id, positive
 * @param state the final state
 * @param at when the change happened: the same time that listeners got as {@link
 *     ExperimentStateChange#at()}, to the millisecond
 */
public record ExperimentEnd(long experimentId, ExperimentState state, Instant at) {
  public ExperimentEnd {
    Objects.requireNonNull(at, "at");
    if (!state.isFinal()) {
      throw new IllegalArgumentException("state is " + state + ", and must be final");
    }
  }
}

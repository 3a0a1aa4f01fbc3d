package org.expmaster.plugin.model;

import java.time.Instant;
import java.util.Objects;

/**
 * A metric that a trial reported.
 *
 * @param experimentId the trial's experiment, positive
 * @param trialId the trial, positive
 * @param name the metric's name; may contain any text
 * @param value the reported value; may be infinite or not a number
 * @param steps the number of completed training steps (batches); not negative
 * @param at when it was reported, by the master's clock
 */
public record TrialMetric(
    long experimentId, long trialId, String name, double value, long steps, Instant at) {
  public TrialMetric {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(at, "at");
    if (steps < 0) {
      throw new IllegalArgumentException("steps is " + steps + ", and must not be negative");
    }
  }
}

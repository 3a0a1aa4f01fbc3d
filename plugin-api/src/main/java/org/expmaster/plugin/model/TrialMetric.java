package org.expmaster.plugin.model;

import java.time.Instant;
import java.util.Objects;

/**
 * A metric as a trial reported it.
 *
 * @param experimentId the experiment of the trial, positive
 * @param trialId the trial, positive
 * @param name the metric's name; it may hold any text
 * @param value what was reported; it may be infinite or not a number
 * @param steps after how many steps (batches) of the training; not negative
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

package org.expmaster.plugin.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A snapshot of an experiment.
 *
 * @param id its id, positive
 * @param name its name; may contain any text, including markup
 * @param state its state at that moment
 * @param owner the user who created it
 * @param startTime when it was created
 * @param endTime when it reached a final state, or empty if it has not
 * @param resourcePool the resource pool it runs in
 * @param slots how many slots (GPUs, or CPUs in a pool without GPUs) it occupies; not negative
 * @param workspace its current workspace, whatever its config said when it was created
 * @param project its current project, likewise
 * @param config its config as its author wrote it: nested maps, lists, strings, numbers, booleans
 *     and nulls, as a YAML 1.2 reader produces them. The outermost map is unmodifiable; do not
 *     modify the nested ones either.
 */
public record Experiment(
    long id,
    String name,
    ExperimentState state,
    Ref owner,
    Instant startTime,
    Optional<Instant> endTime,
    String resourcePool,
    int slots,
    Ref workspace,
    Ref project,
    Map<String, Object> config) {

  public Experiment {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(owner, "owner");
    Objects.requireNonNull(startTime, "startTime");
    Objects.requireNonNull(endTime, "endTime");
    Objects.requireNonNull(resourcePool, "resourcePool");
    Objects.requireNonNull(workspace, "workspace");
    Objects.requireNonNull(project, "project");
    if (slots < 0) {
      throw new IllegalArgumentException("slots is " + slots + ", and must not be negative");
    }
    config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
  }

  /**
   * Returns how long it ran: from its start to its end, or to {@code now} if it has not ended.
   *
   * @return the duration, never negative, even if clocks disagree
   */
  public Duration duration(Instant now) {
    Duration ran = Duration.between(startTime, endTime.orElse(now));
    return ran.isNegative() ? Duration.ZERO : ran;
  }
}

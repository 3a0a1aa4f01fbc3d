package org.expmaster.plugin.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An experiment at one moment.
 *
 * @param id its id, positive
 * @param name its name; it may hold any text, markup included
 * @param state its state at that moment
 * @param owner the user who made it
 * @param startTime when it was made
 * @param endTime when it reached a final state, or empty while it has not
 * @param resourcePool the resource pool it runs in
 * @param slots how many slots (GPUs, or CPUs in a pool without GPUs) it occupies; not negative
 * @param workspace the workspace it is in now, whatever its config said when it was made
 * @param project the project it is in now, likewise
 * @param config its config as its author wrote it: nested maps, lists, strings, numbers, booleans
 *     and nulls, as a YAML 1.2 reader yields them. Unmodifiable on the outside; treat the inside as
 *     such too.
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
   * How long it ran: from its start to its end, or to {@code now} while it has not ended.
   *
   * @return never negative, even where clocks disagree
   */
  public Duration duration(Instant now) {
    Duration ran = Duration.between(startTime, endTime.orElse(now));
    return ran.isNegative() ? Duration.ZERO : ran;
  }
}

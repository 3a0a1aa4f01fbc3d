package org.expmaster.plugin.model;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * A unit of work that the master runs in containers and that writes a log: a trial of an
 * experiment, a notebook, a command.
 *
 * @param id its id, unique in the master; not empty
 * @param type the kind of task, as the master names it: {@code TRIAL}, {@code COMMAND}
 * @param experimentId the experiment it belongs to, or empty if none
 * @param trialId the trial it runs, or empty if none
 * @param workspaceId the workspace it runs in, positive, or empty if the master does not know it; a
 *     task without an experiment triggers the webhooks of this workspace
 */
public record Task(
    String id,
    String type,
    OptionalLong experimentId,
    OptionalLong trialId,
    OptionalLong workspaceId) {
  public Task {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(experimentId, "experimentId");
    Objects.requireNonNull(trialId, "trialId");
    Objects.requireNonNull(workspaceId, "workspaceId");
    if (id.isEmpty()) {
      throw new IllegalArgumentException("id must not be empty");
    }
  }

  /** Creates a task whose workspace the master does not know. */
  public Task(String id, String type, OptionalLong experimentId, OptionalLong trialId) {
    this(id, type, experimentId, trialId, OptionalLong.empty());
  }
}

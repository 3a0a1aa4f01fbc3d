package org.expmaster.plugin.model;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * Something the master runs in containers and that writes a log: a trial of an experiment, a
 * notebook, a command.
 *
 * @param id its id, unique in the master; not empty
 * @param type what kind of task it is, as the master names it: {@code TRIAL}, {@code COMMAND}
 * @param experimentId the experiment it belongs to, or empty where it belongs to none
 * @param trialId the trial it runs, or empty where it runs none
 * @param workspaceId the workspace it runs in, positive, or empty where the master does not know; a
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

  /** A task of which the master does not know the workspace. */
  public Task(String id, String type, OptionalLong experimentId, OptionalLong trialId) {
    this(id, type, experimentId, trialId, OptionalLong.empty());
  }
}

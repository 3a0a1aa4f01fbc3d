package org.expmaster.webhook.rest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.expmaster.plugin.Experiments;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.Workspace;

/** A master with workspaces and no experiments. */
final class FakeExperiments implements Experiments {
  private final Map<Long, Workspace> workspaces = new LinkedHashMap<>();

  FakeExperiments workspace(long id, long ownerId) {
    workspaces.put(id, new Workspace(id, "workspace " + id, ownerId));
    return this;
  }

  @Override
  public Optional<Experiment> experiment(long id) {
    return Optional.empty();
  }

  @Override
  public Optional<Workspace> workspace(long id) {
    return Optional.ofNullable(workspaces.get(id));
  }
}

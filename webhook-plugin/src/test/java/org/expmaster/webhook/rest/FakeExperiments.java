package org.expmaster.webhook.rest;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.expmaster.plugin.Experiments;
import org.expmaster.plugin.http.Caller;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.Workspace;

/** Workspaces, and experiments that everyone may see unless they are hidden. */
final class FakeExperiments implements Experiments {
  private final Map<Long, Workspace> workspaces = new LinkedHashMap<>();
  private final Map<Long, Experiment> experiments = new LinkedHashMap<>();
  private final Set<Long> hidden = new HashSet<>();

  FakeExperiments workspace(long id, long ownerId) {
    workspaces.put(id, new Workspace(id, "workspace " + id, ownerId));
    return this;
  }

  FakeExperiments experiment(Experiment experiment) {
    experiments.put(experiment.id(), experiment);
    return this;
  }

  /** Hides an experiment from everyone but admins. */
  FakeExperiments hidden(long id) {
    hidden.add(id);
    return this;
  }

  @Override
  public Optional<Experiment> experiment(long id) {
    return Optional.ofNullable(experiments.get(id));
  }

  @Override
  public Optional<Experiment> experiment(long id, Caller caller) {
    return experiment(id).filter(found -> caller.admin() || !hidden.contains(id));
  }

  @Override
  public Optional<Workspace> workspace(long id) {
    return Optional.ofNullable(workspaces.get(id));
  }

  @Override
  public List<Workspace> workspaces() {
    return List.copyOf(workspaces.values());
  }
}

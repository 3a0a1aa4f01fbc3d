package org.expmaster.host.experiment;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.expmaster.host.workspace.WorkspaceStore;
import org.expmaster.plugin.Experiments;
import org.expmaster.plugin.http.Caller;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.ExperimentEnd;
import org.expmaster.plugin.model.Workspace;

/** The SPI's look-ups of experiments and workspaces. */
public record HostExperiments(ExperimentStore experiments, WorkspaceStore workspaceStore)
    implements Experiments {

  @Override
  public Optional<Experiment> experiment(long id) {
    return experiments.find(id);
  }

  /** As in open-source Determined, any logged-in user may see all experiments. */
  @Override
  public Optional<Experiment> experiment(long id, Caller caller) {
    return experiments.find(id);
  }

  @Override
  public List<Experiment> experiments(Collection<Long> ids) {
    return experiments.find(ids);
  }

  @Override
  public Optional<List<ExperimentEnd>> ends(Instant at, long afterId, int limit) {
    return Optional.of(experiments.ends(at, afterId, limit));
  }

  @Override
  public Optional<Workspace> workspace(long id) {
    return workspaceStore.find(id);
  }

  @Override
  public List<Workspace> workspaces() {
    return workspaceStore.everyOne();
  }
}

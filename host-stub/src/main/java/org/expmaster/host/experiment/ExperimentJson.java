package org.expmaster.host.experiment;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.expmaster.plugin.model.Experiment;

/** Experiments as JSON, with every field that Determined's client expects. */
final class ExperimentJson {
  /** What stands for the experiment that a mere validation does not make. */
  static final Map<String, Object> NONE =
      Map.ofEntries(
          Map.entry("id", 0),
          Map.entry("name", ""),
          Map.entry("state", "STATE_UNSPECIFIED"),
          Map.entry("startTime", Instant.EPOCH.toString()),
          Map.entry("username", ""),
          Map.entry("projectId", 0),
          Map.entry("projectOwnerId", 0),
          Map.entry("jobId", ""),
          Map.entry("numTrials", 0),
          Map.entry("searcherType", ""),
          Map.entry("archived", false),
          Map.entry("config", Map.of()),
          Map.entry("originalConfig", ""));

  private ExperimentJson() {}

  static Map<String, Object> of(ExperimentStore.Listed listed) {
    Experiment experiment = listed.experiment();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", experiment.id());
    json.put("name", experiment.name());
    json.put("state", state(experiment));
    json.put("startTime", experiment.startTime().toString());
    json.put("endTime", experiment.endTime().map(Object::toString).orElse(null));
    json.put("userId", experiment.owner().id());
    json.put("username", experiment.owner().name());
    json.put("workspaceId", experiment.workspace().id());
    json.put("workspaceName", experiment.workspace().name());
    json.put("projectId", experiment.project().id());
    json.put("projectName", experiment.project().name());
    json.put("projectOwnerId", experiment.owner().id());
    json.put("resourcePool", experiment.resourcePool());
    json.put("jobId", listed.jobId());
    json.put("numTrials", 1);
    json.put("searcherType", "single");
    json.put("archived", false);
    json.put("labels", List.of());
    json.put("config", experiment.config());
    json.put("originalConfig", listed.original());
    return json;
  }

  /** Returns the only trial of a simulated experiment. */
  static Map<String, Object> trial(ExperimentStore.Listed listed) {
    Experiment experiment = listed.experiment();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", experiment.id());
    json.put("experimentId", experiment.id());
    json.put("state", state(experiment));
    json.put("startTime", experiment.startTime().toString());
    json.put("endTime", experiment.endTime().map(Object::toString).orElse(null));
    json.put("hparams", Map.of());
    json.put("restarts", 0);
    json.put("totalBatchesProcessed", 0);
    String task = experiment.id() + "." + listed.jobId();
    json.put("taskId", task);
    json.put("taskIds", List.of(task));
    return json;
  }

  private static String state(Experiment experiment) {
    return "STATE_" + experiment.state();
  }
}

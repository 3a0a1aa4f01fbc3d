package org.expmaster.host.workspace;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Workspaces and projects as JSON, with every field that Determined's client expects. */
final class WorkspaceJson {
  private WorkspaceJson() {}

  static Map<String, Object> of(WorkspaceStore.Listed listed) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", listed.workspace().id());
    json.put("name", listed.workspace().name());
    json.put("userId", listed.workspace().ownerId());
    json.put("username", listed.ownerName());
    json.put("numProjects", listed.projects());
    json.put("numExperiments", listed.experiments());
    json.put("pinned", false);
    state(json, listed.workspace().id());
    return json;
  }

  static Map<String, Object> of(Project project) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", project.id());
    json.put("name", project.name());
    json.put("key", "P" + project.id());
    json.put("workspaceId", project.workspaceId());
    json.put("workspaceName", project.workspaceName());
    json.put("userId", project.ownerId());
    json.put("username", project.ownerName());
    json.put("notes", List.of());
    json.put("numExperiments", 0);
    json.put("numActiveExperiments", 0);
    json.put("numRuns", 0);
    state(json, project.id());
    return json;
  }

  /** The first workspace and the first project cannot be changed, as in Determined. */
  private static void state(Map<String, Object> json, long id) {
    json.put("archived", false);
    json.put("immutable", id == 1);
    json.put("state", "WORKSPACE_STATE_UNSPECIFIED");
    json.put("errorMessage", "");
  }
}

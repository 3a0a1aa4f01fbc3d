package org.expmaster.host.task;

import java.util.Map;
import org.expmaster.host.http.Json;
import org.expmaster.host.http.JsonBody;
import org.expmaster.host.workspace.WorkspaceStore;
import org.expmaster.plugin.http.Access;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.plugin.http.Routes;

/**
 * REST routes that register tasks without an experiment. Nothing runs: such a task only has a
 * workspace and may have a log.
 */
public final class TaskResource {
  private static final long FIRST_WORKSPACE = 1;

  /** The kinds of task: the path, and the name in the answer. */
  private static final Map<String, String> KINDS =
      Map.of(
          "commands", "command",
          "notebooks", "notebook",
          "shells", "shell",
          "tensorboards", "tensorboard");

  private final TaskStore tasks;
  private final WorkspaceStore workspaces;

  public TaskResource(TaskStore tasks, WorkspaceStore workspaces) {
    this.tasks = tasks;
    this.workspaces = workspaces;
  }

  public void addTo(Routes routes) {
    KINDS.forEach(
        (path, kind) ->
            routes.add(
                "POST", "/api/v1/" + path, Access.LOGGED_IN, request -> launch(request, kind)));
  }

  private Response launch(Request request, String kind) {
    long workspaceId = JsonBody.of(request).integer("workspaceId").orElse(FIRST_WORKSPACE);
    if (workspaces.find(workspaceId).isEmpty()) {
      throw ApiException.notFound("there is no workspace " + workspaceId);
    }
    String id = tasks.add(kind, workspaceId);
    return Json.response(
        Map.of(kind, Map.of("id", id, "workspaceId", workspaceId, "state", "STATE_RUNNING")));
  }
}

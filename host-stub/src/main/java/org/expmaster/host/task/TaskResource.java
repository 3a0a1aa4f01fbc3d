package org.expmaster.host.task;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
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
  private final Clock clock;

  public TaskResource(TaskStore tasks, WorkspaceStore workspaces, Clock clock) {
    this.tasks = tasks;
    this.workspaces = workspaces;
    this.clock = clock;
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
    Map<String, Object> task = new LinkedHashMap<>();
    task.put("id", id);
    task.put("workspaceId", workspaceId);
    task.put("state", "STATE_RUNNING");
    task.put("description", kind);
    task.put("jobId", id);
    task.put("resourcePool", "default");
    task.put("startTime", clock.instant().toString());
    task.put("username", request.requireCaller().username());
    task.put("serviceAddress", "");
    return Json.response(Map.of(kind, task, "config", Map.of(), "warnings", List.of()));
  }
}

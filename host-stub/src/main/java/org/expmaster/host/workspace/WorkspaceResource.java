package org.expmaster.host.workspace;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.expmaster.host.http.Json;
import org.expmaster.host.http.JsonBody;
import org.expmaster.host.http.Pagination;
import org.expmaster.plugin.http.Access;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Caller;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.plugin.http.Routes;
import org.expmaster.plugin.model.Workspace;

/** The REST routes for workspaces and projects. */
public final class WorkspaceResource {
  private final WorkspaceStore workspaces;
  private final ProjectStore projects;

  public WorkspaceResource(WorkspaceStore workspaces, ProjectStore projects) {
    this.workspaces = workspaces;
    this.projects = projects;
  }

  public void addTo(Routes routes) {
    routes.add("GET", "/api/v1/workspaces", Access.LOGGED_IN, this::list);
    routes.add("POST", "/api/v1/workspaces", Access.LOGGED_IN, this::create);
    routes.add("GET", "/api/v1/workspaces/{id}", Access.LOGGED_IN, this::get);
    routes.add("DELETE", "/api/v1/workspaces/{id}", Access.LOGGED_IN, this::delete);
    routes.add("GET", "/api/v1/workspaces/{id}/projects", Access.LOGGED_IN, this::listProjects);
    routes.add("POST", "/api/v1/workspaces/{id}/projects", Access.LOGGED_IN, this::createProject);
    routes.add("GET", "/api/v1/projects/{id}", Access.LOGGED_IN, this::getProject);
  }

  private Response list(Request request) {
    String part = request.queryParameter("name").orElse("").toLowerCase(Locale.ROOT);
    String exact = request.queryParameter("nameCaseSensitive").orElse("");
    List<Map<String, Object>> found =
        workspaces.all().stream()
            .filter(listed -> listed.workspace().name().toLowerCase(Locale.ROOT).contains(part))
            .filter(listed -> exact.isEmpty() || listed.workspace().name().equals(exact))
            .map(WorkspaceJson::of)
            .toList();
    return Json.response(Map.of("workspaces", found, "pagination", Pagination.whole(found.size())));
  }

  private Response create(Request request) {
    String name = JsonBody.of(request).requiredText("name");
    Workspace added =
        workspaces
            .add(name, request.requireCaller().userId())
            .orElseThrow(() -> ApiException.invalid("name is that of another workspace"));
    // the bindings to Kubernetes namespaces: `det workspace create` goes through them
    return Json.response(
        Map.of("workspace", WorkspaceJson.of(existing(added.id())), "namespaceBindings", Map.of()));
  }

  private Response delete(Request request) {
    Workspace workspace = existing(request.pathId("id")).workspace();
    Caller caller = request.requireCaller();
    if (workspace.id() == 1 || !caller.admin() && caller.userId() != workspace.ownerId()) {
      throw ApiException.denied(
          "only its owner and admins may delete a workspace, and nobody the first one");
    }
    if (!workspaces.delete(workspace.id())) {
      throw new ApiException(
          ApiException.Reason.FAILED_PRECONDITION,
          "workspace " + workspace.id() + " has experiments that have not ended");
    }
    return Json.response(Map.of("completed", true));
  }

  private Response get(Request request) {
    return workspace(request.pathId("id"));
  }

  private Response workspace(long id) {
    return Json.response(Map.of("workspace", WorkspaceJson.of(existing(id))));
  }

  private WorkspaceStore.Listed existing(long id) {
    return workspaces
        .listed(id)
        .orElseThrow(() -> ApiException.notFound("there is no workspace " + id));
  }

  private Response listProjects(Request request) {
    long id = existing(request.pathId("id")).workspace().id();
    List<Map<String, Object>> found = projects.in(id).stream().map(WorkspaceJson::of).toList();
    return Json.response(Map.of("projects", found, "pagination", Pagination.whole(found.size())));
  }

  private Response createProject(Request request) {
    Workspace workspace = existing(request.pathId("id")).workspace();
    Caller caller = request.requireCaller();
    if (!caller.admin() && caller.userId() != workspace.ownerId() && workspace.id() != 1) {
      throw ApiException.denied("only its owner and admins may add a project to a workspace");
    }
    return projects
        .add(JsonBody.of(request).requiredText("name"), workspace.id(), caller.userId())
        .map(added -> Json.response(Map.of("project", WorkspaceJson.of(added))))
        .orElseThrow(() -> ApiException.invalid("name is that of another project there"));
  }

  private Response getProject(Request request) {
    long id = request.pathId("id");
    return projects
        .find(id)
        .map(found -> Json.response(Map.of("project", WorkspaceJson.of(found))))
        .orElseThrow(() -> ApiException.notFound("there is no project " + id));
  }
}

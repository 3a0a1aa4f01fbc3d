package org.expmaster.host.workspace;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.expmaster.host.http.Json;
import org.expmaster.host.http.JsonBody;
import org.expmaster.plugin.http.Access;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Caller;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.plugin.http.Routes;
import org.expmaster.plugin.model.Workspace;

/** The REST routes with which a workspace's owner and admins give roles in it. */
public final class RoleResource {
  private static final String ALL = "/api/v1/workspaces/{id}/roles";
  private static final String ONE = ALL + "/{userId}";

  private final WorkspaceStore workspaces;
  private final RoleStore roles;

  public RoleResource(WorkspaceStore workspaces, RoleStore roles) {
    this.workspaces = workspaces;
    this.roles = roles;
  }

  public void addTo(Routes routes) {
    routes.add("GET", ALL, Access.LOGGED_IN, this::list);
    routes.add("PUT", ONE, Access.LOGGED_IN, this::give);
    routes.add("DELETE", ONE, Access.LOGGED_IN, this::take);
  }

  private Response list(Request request) {
    List<Map<String, Object>> given =
        roles.in(governed(request)).stream().map(RoleResource::json).toList();
    return Json.response(Map.of("roles", given));
  }

  private Response give(Request request) {
    long workspace = governed(request);
    long user = request.pathId("userId");
    if (!roles.put(workspace, user, role(JsonBody.of(request).requiredText("role")))) {
      throw ApiException.notFound("there is no user " + user);
    }
    return Json.response(Map.of());
  }

  private Response take(Request request) {
    long workspace = governed(request);
    long user = request.pathId("userId");
    if (!roles.delete(workspace, user)) {
      throw ApiException.notFound("user " + user + " has no role in workspace " + workspace);
    }
    return Json.response(Map.of());
  }

  /** Returns the id of the path's workspace, in which the caller must be allowed to give roles. */
  private long governed(Request request) {
    long id = request.pathId("id");
    Workspace workspace =
        workspaces.find(id).orElseThrow(() -> ApiException.notFound("there is no workspace " + id));
    Caller caller = request.requireCaller();
    if (!caller.admin() && caller.userId() != workspace.ownerId()) {
      throw ApiException.denied("only its owner and admins may give roles in a workspace");
    }
    return id;
  }

  private static Role role(String name) {
    return Arrays.stream(Role.values())
        .filter(role -> role.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> ApiException.invalid("role is \"" + name + "\", and must be VIEWER or EDITOR"));
  }

  private static Map<String, Object> json(RoleStore.Given given) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("userId", given.userId());
    json.put("username", given.username());
    json.put("role", given.role().name());
    return json;
  }
}

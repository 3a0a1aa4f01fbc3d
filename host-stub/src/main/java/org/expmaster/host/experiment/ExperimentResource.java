package org.expmaster.host.experiment;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.expmaster.host.config.Jobs;
import org.expmaster.host.http.Json;
import org.expmaster.host.http.JsonBody;
import org.expmaster.host.http.Pagination;
import org.expmaster.host.workspace.Project;
import org.expmaster.host.workspace.ProjectStore;
import org.expmaster.plugin.http.Access;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.plugin.http.Routes;
import org.expmaster.plugin.model.ExperimentState;

/**
 * Experiments. As in open-source Determined, any logged-in user may see and control all of them.
 */
public final class ExperimentResource {
  private static final String ONE = "/api/v1/experiments/{id}";

  private final ExperimentStore store;
  private final ProjectStore projects;
  private final ExperimentControl control;
  private final JobRunner runner;
  private final Clock clock;
  private final Jobs jobs;

  public ExperimentResource(
      ExperimentStore store,
      ProjectStore projects,
      ExperimentControl control,
      JobRunner runner,
      Clock clock,
      Jobs jobs) {
    this.store = store;
    this.projects = projects;
    this.control = control;
    this.runner = runner;
    this.clock = clock;
    this.jobs = jobs;
  }

  public void addTo(Routes routes) {
    routes.add("GET", "/api/v1/experiments", Access.LOGGED_IN, this::list);
    routes.add("POST", "/api/v1/experiments", Access.LOGGED_IN, this::create);
    routes.add("GET", ONE, Access.LOGGED_IN, this::get);
    routes.add("POST", ONE + "/move", Access.LOGGED_IN, this::move);
    routes.add("POST", ONE + "/kill", Access.LOGGED_IN, steer(control::kill));
    routes.add("POST", ONE + "/cancel", Access.LOGGED_IN, steer(control::kill));
    routes.add("POST", ONE + "/pause", Access.LOGGED_IN, steer(control::pause));
    routes.add("POST", ONE + "/activate", Access.LOGGED_IN, steer(control::activate));
  }

  private Response list(Request request) {
    int limit = Numbers.query(request, "limit", 100, 1, 1000);
    int offset = Numbers.query(request, "offset", 0, 0, Integer.MAX_VALUE);
    OptionalLong project = project(request);
    List<Map<String, Object>> page =
        store.page(project, limit, offset).stream().map(ExperimentJson::of).toList();
    return Json.response(
        Map.of(
            "experiments",
            page,
            "pagination",
            Pagination.part(offset, limit, page.size(), store.count(project))));
  }

  private static OptionalLong project(Request request) {
    int id = Numbers.query(request, "projectId", 0, 0, Integer.MAX_VALUE);
    return id == 0 ? OptionalLong.empty() : OptionalLong.of(id);
  }

  private Response move(Request request) {
    long id = existing(request.pathId("id")).experiment().id();
    long to = JsonBody.of(request).integer("destinationProjectId").orElse(0L);
    if (projects.find(to).isEmpty()) {
      throw ApiException.notFound("destinationProjectId: there is no project " + to);
    }
    store.move(id, to);
    return Json.response(Map.of());
  }

  private Response create(Request request) {
    JsonBody body = JsonBody.of(request);
    ExperimentSpec spec = ExperimentSpec.of(body.text("config").orElse(""), jobs);
    Project project = project(body.integer("projectId").orElse(0L), spec);
    if (body.bool("validateOnly").orElse(false)) {
      return Json.response(Map.of("config", spec.config(), "experiment", ExperimentJson.NONE));
    }
    boolean activate = body.bool("activate").orElse(true);
    ExperimentState state = activate ? ExperimentState.ACTIVE : ExperimentState.PAUSED;
    long owner = request.requireCaller().userId();
    long id = store.add(spec, project.id(), owner, state, clock.instant());
    Map<String, Object> created = ExperimentJson.of(existing(id));
    if (activate) {
      runner.start(id, spec.config());
    }
    return Json.response(Map.of("config", spec.config(), "experiment", created));
  }

  private Project project(long id, ExperimentSpec spec) {
    if (id != 0) {
      return projects
          .find(id)
          .orElseThrow(() -> ApiException.notFound("projectId: there is no project " + id));
    }
    String workspace = spec.workspace().orElse("Uncategorized");
    String project = spec.project().orElse("Uncategorized");
    return projects
        .find(workspace, project)
        .orElseThrow(
            () ->
                ApiException.notFound(
                    "config.project: there is no project \"%s\" in a workspace \"%s\""
                        .formatted(project, workspace)));
  }

  private Response get(Request request) {
    return Json.response(Map.of("experiment", ExperimentJson.of(existing(request.pathId("id")))));
  }

  private ExperimentStore.Listed existing(long id) {
    return store
        .listed(id)
        .orElseThrow(() -> ApiException.notFound("there is no experiment " + id));
  }

  private static org.expmaster.plugin.http.Handler steer(java.util.function.LongConsumer action) {
    return request -> {
      action.accept(request.pathId("id"));
      return Json.response(Map.of());
    };
  }
}

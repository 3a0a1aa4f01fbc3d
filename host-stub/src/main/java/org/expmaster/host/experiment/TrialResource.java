package org.expmaster.host.experiment;

import java.util.List;
import java.util.Map;
import org.expmaster.host.config.Jobs;
import org.expmaster.host.http.Json;
import org.expmaster.host.http.JsonBody;
import org.expmaster.host.http.Pagination;
import org.expmaster.plugin.http.Access;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.ApiException.Reason;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.plugin.http.Routes;

/** Trials. Each experiment has one, with the same id. */
public final class TrialResource {
  private static final String ONE = "/api/v1/trials/{id}";

  private final ExperimentStore store;
  private final JobRunner runner;
  private final Jobs jobs;

  public TrialResource(ExperimentStore store, JobRunner runner, Jobs jobs) {
    this.store = store;
    this.runner = runner;
    this.jobs = jobs;
  }

  public void addTo(Routes routes) {
    routes.add("GET", "/api/v1/experiments/{id}/trials", Access.LOGGED_IN, this::list);
    routes.add("GET", ONE, Access.LOGGED_IN, this::get);
    routes.add("GET", ONE + "/workloads", Access.LOGGED_IN, this::workloads);
    routes.add("PATCH", ONE, Access.LOGGED_IN, this::end);
  }

  private Response list(Request request) {
    long id = request.pathId("id");
    ExperimentStore.Listed listed =
        store.listed(id).orElseThrow(() -> ApiException.notFound("there is no experiment " + id));
    return Json.response(
        Map.of("trials", List.of(ExperimentJson.trial(listed)), "pagination", Pagination.whole(1)));
  }

  private Response get(Request request) {
    return trial(request.pathId("id"));
  }

  private Response trial(long id) {
    return Json.response(Map.of("trial", ExperimentJson.trial(existing(id))));
  }

  private ExperimentStore.Listed existing(long id) {
    return store.listed(id).orElseThrow(() -> ApiException.notFound("there is no trial " + id));
  }

  /** Answers that there are none: no trial here trains anything. */
  private Response workloads(Request request) {
    existing(request.pathId("id"));
    return Json.response(Map.of("workloads", List.of(), "pagination", Pagination.whole(0)));
  }

  /** Records how a job ended that others ran. */
  private Response end(Request request) {
    long id = request.pathId("id");
    existing(id);
    if (jobs == Jobs.SIMULATED) {
      throw new ApiException(
          Reason.FAILED_PRECONDITION,
          "this master simulates its jobs; with the setting `jobs: external` others run them");
    }
    String state = JsonBody.of(request).requiredText("state");
    if (!state.equals("STATE_COMPLETED") && !state.equals("STATE_ERROR")) {
      throw ApiException.invalid("state must be STATE_COMPLETED or STATE_ERROR");
    }
    if (!runner.end(id, state.equals("STATE_COMPLETED"))) {
      throw new ApiException(Reason.FAILED_PRECONDITION, "trial " + id + " is not running");
    }
    return trial(id);
  }
}

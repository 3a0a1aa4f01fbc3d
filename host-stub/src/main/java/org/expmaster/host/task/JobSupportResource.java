package org.expmaster.host.task;

import java.time.Duration;
import java.util.Map;
import org.expmaster.host.http.Json;
import org.expmaster.host.http.JsonBody;
import org.expmaster.plugin.http.Access;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.plugin.http.Routes;

/** What a trial's code asks its master beside reporting: it starts, and is told when to stop. */
public final class JobSupportResource {
  private static final long LONGEST_SECONDS = 60;

  private final TaskStore store;
  private final LongPolls polls;

  public JobSupportResource(TaskStore store, LongPolls polls) {
    this.store = store;
    this.polls = polls;
  }

  public void addTo(Routes routes) {
    routes.add("POST", "/api/v1/runs/start", Access.LOGGED_IN, this::prepare);
    // taken and not kept, like progress
    routes.add("POST", "/api/v1/checkpoints", Access.LOGGED_IN, request -> Json.response(Map.of()));
    routes.add("POST", "/api/v1/trials/{id}/progress", Access.LOGGED_IN, this::progress);
    routes.add(
        "GET", "/api/v1/allocations/{id}/signals/preemption", Access.LOGGED_IN, this::preemption);
  }

  private Response prepare(Request request) {
    existing(JsonBody.of(request).integer("runId").orElse(0L));
    return Json.response(Map.of());
  }

  /** Takes any progress and keeps none. */
  private Response progress(Request request) {
    existing(request.pathId("id"));
    return Json.response(Map.of());
  }

  private void existing(long trial) {
    if (store.experimentOf(trial).isEmpty()) {
      throw ApiException.notFound("there is no trial " + trial);
    }
  }

  /** Tells a trial to stop once its experiment does not run; waits for that as long as asked. */
  private Response preemption(Request request) {
    long trial =
        store
            .task(request.pathParameters().get("id"))
            .trialId()
            .orElseThrow(() -> ApiException.notFound("there is no such allocation of a trial"));
    polls.until(() -> !store.runs(trial), Duration.ofSeconds(seconds(request)));
    return Json.response(Map.of("preempt", !store.runs(trial)));
  }

  private static long seconds(Request request) {
    try {
      long seconds = Long.parseLong(request.queryParameter("timeout_seconds").orElse("0"));
      return Math.max(0, Math.min(LONGEST_SECONDS, seconds));
    } catch (NumberFormatException e) {
      throw ApiException.invalid("timeout_seconds must be a whole number");
    }
  }
}

package org.expmaster.host.task;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.expmaster.host.http.Json;
import org.expmaster.host.http.JsonBody;
import org.expmaster.plugin.http.Access;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.plugin.http.Routes;
import org.expmaster.plugin.model.TrialMetric;

/** The REST route for metrics that trials report. */
public final class MetricResource {
  private final TaskStore store;
  private final Recorder recorder;
  private final Clock clock;

  public MetricResource(TaskStore store, Recorder recorder, Clock clock) {
    this.store = store;
    this.recorder = recorder;
    this.clock = clock;
  }

  public void addTo(Routes routes) {
    routes.add("POST", "/api/v1/trials/{id}/metrics", Access.LOGGED_IN, this::report);
  }

  private Response report(Request request) {
    long trial = request.pathId("id");
    long experiment =
        store
            .experimentOf(trial)
            .orElseThrow(() -> ApiException.notFound("there is no trial " + trial));
    JsonBody metrics = object(JsonBody.of(request), "metrics");
    long steps = metrics.integer("stepsCompleted").orElse(0L);
    if (steps < 0) {
      throw ApiException.invalid("metrics.stepsCompleted must not be negative");
    }
    Instant now = clock.instant();
    List<TrialMetric> reported =
        object(metrics, "metrics").numbers("avgMetrics").entrySet().stream()
            .map(e -> new TrialMetric(experiment, trial, e.getKey(), e.getValue(), steps, now))
            .toList();
    recorder.report(reported);
    return Json.response(Map.of());
  }

  private static JsonBody object(JsonBody in, String name) {
    return in.object(name).orElseThrow(() -> ApiException.invalid(name + " must be an object"));
  }
}

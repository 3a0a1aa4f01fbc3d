package org.expmaster.host.task;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.expmaster.host.http.Json;
import org.expmaster.plugin.http.Access;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.plugin.http.Routes;

/** Answers with logs as Determined does: one JSON object a line. */
public final class LogStreamResource {
  private static final int MOST_SHOWN = 1_000;

  /** How long a client may follow a trial that does not end. */
  private static final Duration LONGEST_FOLLOWED = Duration.ofMinutes(10);

  private final TaskStore store;
  private final LongPolls polls;

  public LogStreamResource(TaskStore store, LongPolls polls) {
    this.store = store;
    this.polls = polls;
  }

  public void addTo(Routes routes) {
    routes.add("GET", "/api/v1/tasks/{id}/logs", Access.LOGGED_IN, this::ofTask);
    routes.add("GET", "/api/v1/trials/{id}/logs", Access.LOGGED_IN, this::ofTrial);
  }

  private Response ofTask(Request request) {
    String task = request.pathParameters().get("id");
    return stream(request, part -> store.lines(task, part), Map.of("taskId", task));
  }

  /** Answers at once, or with {@code follow=true} when the trial has ended. */
  private Response ofTrial(Request request) {
    long trial = request.pathId("id");
    if (store.experimentOf(trial).isEmpty()) {
      throw ApiException.notFound("there is no trial " + trial);
    }
    if (request.queryParameter("follow").orElse("").equals("true")) {
      polls.until(() -> !store.runs(trial), LONGEST_FOLLOWED);
    }
    return stream(request, part -> store.linesOfTrial(trial, part), Map.of("trialId", trial));
  }

  private static Response stream(
      Request request,
      Function<TaskStore.Part, List<TaskStore.Logged>> lines,
      Map<String, Object> of) {
    boolean last = request.queryParameter("orderBy").orElse("").equals("ORDER_BY_DESC");
    List<Map<String, Object>> json = new ArrayList<>();
    for (TaskStore.Logged line : lines.apply(new TaskStore.Part(limit(request), last))) {
      json.add(Map.of("result", json(line, of)));
    }
    return Json.lines(json);
  }

  private static int limit(Request request) {
    try {
      int limit = Integer.parseInt(request.queryParameter("limit").orElse("0"));
      return limit <= 0 ? MOST_SHOWN : Math.min(limit, MOST_SHOWN);
    } catch (NumberFormatException e) {
      throw ApiException.invalid("limit must be a whole number");
    }
  }

  private static Map<String, Object> json(TaskStore.Logged line, Map<String, Object> of) {
    Map<String, Object> json = new LinkedHashMap<>(of);
    json.put("id", "" + line.id());
    json.put("agentId", line.agent());
    json.put("level", "LOG_LEVEL_UNSPECIFIED");
    json.put("log", line.log());
    json.put("message", "[%s] %s || %s\n".formatted(line.at(), line.agent(), line.log()));
    json.put("timestamp", line.at().toString());
    return json;
  }
}

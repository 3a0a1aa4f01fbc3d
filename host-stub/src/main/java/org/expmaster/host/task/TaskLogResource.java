package org.expmaster.host.task;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.expmaster.host.http.Json;
import org.expmaster.host.http.JsonBody;
import org.expmaster.plugin.http.Access;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.plugin.http.Routes;
import org.expmaster.plugin.model.Task;
import org.expmaster.plugin.model.TaskLogLine;

/** REST routes for task logs. Any logged-in user may write them, as containers are logged in. */
public final class TaskLogResource {
  private final TaskStore store;
  private final Recorder recorder;
  private final Clock clock;

  public TaskLogResource(TaskStore store, Recorder recorder, Clock clock) {
    this.store = store;
    this.recorder = recorder;
    this.clock = clock;
  }

  public void addTo(Routes routes) {
    routes.add("POST", "/api/v1/task/logs", Access.LOGGED_IN, this::post);
    // the path to which the log shipper in Determined's containers sends
    routes.add("POST", "/task-logs", Access.LOGGED_IN, this::ship);
  }

  private Response post(Request request) {
    return store(JsonBody.of(request).objects("logs"));
  }

  private Response ship(Request request) {
    return store(JsonBody.listOf(request));
  }

  private Response store(List<JsonBody> logs) {
    Map<String, Task> tasks = new HashMap<>();
    List<TaskLogLine> lines = new ArrayList<>();
    for (JsonBody log : logs) {
      Task task = tasks.computeIfAbsent(log.requiredText("taskId"), store::task);
      String text =
          log.text("log").orElseThrow(() -> ApiException.invalid("log of a line is missing"));
      lines.add(new TaskLogLine(task, log.text("agentId").orElse(""), withoutEnd(text), at(log)));
    }
    recorder.log(List.copyOf(lines));
    return Json.response(Map.of());
  }

  private static String withoutEnd(String text) {
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }

  private Instant at(JsonBody log) {
    try {
      return log.text("timestamp")
          .map(text -> Instant.ofEpochMilli(OffsetDateTime.parse(text).toInstant().toEpochMilli()))
          .orElseGet(clock::instant);
    } catch (DateTimeParseException | ArithmeticException e) {
      throw ApiException.invalid("timestamp of a line must be a time such as 2026-03-01T12:00:00Z");
    }
  }
}

package org.expmaster.host;

import static org.expmaster.host.ApiMaster.assertRequired;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.InProcess;
import org.expmaster.host.testing.MasterProcess;
import org.expmaster.host.testing.Wait;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Determined's command line and its trials ask of a master beside webhooks. */
final class ClientApiTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir private static Path directory;
  private static ApiMaster master;

  @BeforeAll
  static void start() throws Exception {
    master = new ApiMaster(directory);
  }

  @AfterAll
  static void stop() {
    master.close();
  }

  /** Reads what Determined calls a stream: a JSON object a line, the value in "result". */
  static List<JsonNode> lines(Api.Answer answer) throws IOException {
    assertEquals(200, answer.status());
    List<JsonNode> lines = new ArrayList<>();
    for (String line : answer.http().body().lines().toList()) {
      lines.add(new ObjectMapper().readTree(line).get("result"));
    }
    return lines;
  }

  @Test
  void theLastLinesOfALogComeInReverseOrder() throws IOException {
    long id = master.user.experiment("entrypoint: exit 0\n");
    log(id, "one", "two", "three");
    String logs = "/api/v1/trials/" + id + "/logs";
    List<JsonNode> last = lines(master.user.get(logs + "?limit=2&orderBy=ORDER_BY_DESC"));
    assertEquals(List.of("three", "two"), last.stream().map(l -> l.get("log").asText()).toList());
    last.forEach(line -> assertRequired(line, "id", "level", "message", "timestamp", "trialId"));
    assertEquals(404, master.user.get("/api/v1/trials/99999/logs").status());
  }

  @Test
  void aLogThatIsFollowedEndsWhenItsTrialHasEnded() throws IOException {
    long id = master.user.experiment("entrypoint: sleep 0.5 && exit 0\n");
    log(id, "one");
    assertEquals(1, lines(master.user.get("/api/v1/trials/" + id + "/logs?follow=true")).size());
    assertTrue(master.user.experimentState(id).equals("STATE_COMPLETED"));
  }

  @Test
  void aMovedExperimentIsListedWithItsNewProject() {
    long project = project("moved");
    long id = master.user.experiment("entrypoint: exit 0\n");
    String move = "/api/v1/experiments/" + id + "/move";
    master.user.post(move, Map.of("experimentId", id, "destinationProjectId", project)).ok();
    JsonNode there = master.user.get("/api/v1/experiments?projectId=" + project).ok();
    assertEquals(1, there.at("/pagination/total").asInt());
    assertEquals(id, there.at("/experiments/0/id").asLong());
    assertEquals(404, master.user.post(move, Map.of("destinationProjectId", 99_999)).status());
  }

  @Test
  void aWorkspaceIsDeletedWithAllInItOnceItsExperimentsHaveEnded() {
    long project = project("deleted");
    String workspace =
        "/api/v1/workspaces/"
            + master.user.get("/api/v1/projects/" + project).ok().at("/project/workspaceId");
    Map<String, Object> paused =
        Map.of("config", "entrypoint: exit 0", "projectId", project, "activate", false);
    long id = master.user.post("/api/v1/experiments", paused).ok().at("/experiment/id").asLong();
    assertEquals(400, master.user.delete(workspace).status());
    master.user.post("/api/v1/experiments/" + id + "/cancel", "").ok();
    assertEquals("STATE_CANCELED", master.user.experimentState(id));
    assertTrue(master.user.delete(workspace).ok().get("completed").asBoolean());
    assertEquals(404, master.user.get(workspace).status());
    assertEquals(404, master.user.get("/api/v1/experiments/" + id).status());
    assertEquals(403, master.user.delete("/api/v1/workspaces/1").status());
  }

  @Test
  void aTrialIsToldToStopOnceItsExperimentDoesNotRun() {
    long id = master.user.experiment("entrypoint: sleep 60 && exit 0\n");
    String task = master.user.get("/api/v1/trials/" + id).ok().at("/trial/taskId").asText();
    String signal = "/api/v1/allocations/" + task + ".1/signals/preemption";
    assertFalse(master.user.get(signal + "?timeout_seconds=0").ok().get("preempt").asBoolean());
    master.user.post("/api/v1/experiments/" + id + "/kill", "").ok();
    assertTrue(master.user.get(signal + "?timeout_seconds=60").ok().get("preempt").asBoolean());
    assertEquals(404, master.user.get("/api/v1/allocations/x/signals/preemption").status());
  }

  @Test
  void howAJobEndsIsReportedOnlyWhereOthersRunIt() throws Exception {
    long simulated = master.user.experiment("entrypoint: exit 0\n");
    Map<String, String> error = Map.of("state", "STATE_ERROR");
    assertEquals(400, master.user.patch("/api/v1/trials/" + simulated, error).status());
    Path other = Files.createDirectory(directory.resolve("external"));
    try (Master external = InProcess.master(other, other, Map.of("jobs", "external"))) {
      Api user = Api.of(URI.create(external.url())).login("admin", MasterProcess.PASSWORD);
      long id = user.experiment("entrypoint: python3 train.py\n");
      Wait.until("it runs", SOON, () -> user.experimentState(id).equals("STATE_RUNNING"));
      String trial = "/api/v1/trials/" + id;
      assertEquals(400, user.patch(trial, Map.of("state", "STATE_PAUSED")).status());
      assertEquals("STATE_ERROR", user.patch(trial, error).ok().at("/trial/state").asText());
      assertEquals(400, user.patch(trial, error).status());
    }
  }

  private static void log(long trial, String... texts) {
    String task = master.user.get("/api/v1/trials/" + trial).ok().at("/trial/taskId").asText();
    List<Map<String, String>> lines =
        List.of(texts).stream().map(text -> Map.of("taskId", task, "log", text)).toList();
    master.user.post("/api/v1/task/logs", Map.of("logs", lines)).ok();
  }

  private static long project(String workspace) {
    JsonNode made = master.user.post("/api/v1/workspaces", Map.of("name", workspace)).ok();
    assertTrue(made.get("namespaceBindings").isObject());
    String projects = "/api/v1/workspaces/" + made.at("/workspace/id") + "/projects";
    return master.user.post(projects, Map.of("name", "p")).ok().at("/project/id").asLong();
  }
}

package org.expmaster.host;

import static org.expmaster.host.ApiMaster.assertRequired;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.Wait;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Experiments, their logs and their metrics, as Determined's client uses them. */
final class ExperimentApiTest {
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

  @Test
  void anExperimentBelongsToItsProjectByIdOrByNamesOrToNone() {
    int workspace =
        master
            .user
            .post("/api/v1/workspaces", Map.of("name", "w"))
            .ok()
            .at("/workspace/id")
            .asInt();
    long project =
        master
            .user
            .post("/api/v1/workspaces/" + workspace + "/projects", Map.of("name", "p"))
            .ok()
            .at("/project/id")
            .asLong();
    Map<String, Object> byId = Map.of("config", "entrypoint: exit 0", "projectId", project);
    assertEquals(project, created(byId).get("projectId").asLong());
    Map<String, Object> byNames = Map.of("config", "{workspace: w, project: p}");
    assertEquals(project, created(byNames).get("projectId").asLong());
    assertEquals("Uncategorized", created(Map.of("config", "{}")).get("projectName").asText());
    Api.Answer nowhere =
        master.user.post("/api/v1/experiments", Map.of("config", "{workspace: w}"));
    assertEquals(404, nowhere.status());
    assertEquals(
        "config.project: there is no project \"Uncategorized\" in a workspace \"w\"",
        nowhere.error());
    assertEquals(404, master.user.post("/api/v1/experiments", Map.of("projectId", 999)).status());
  }

  private static JsonNode created(Map<String, Object> body) {
    return master.user.post("/api/v1/experiments", body).ok().get("experiment");
  }

  @Test
  void anExperimentRunsToItsEndAndShowsWhatAClientAsksFor() {
    long id =
        master.user.experiment(
            "{name: n, entrypoint: sleep 0.05 && exit 7, resources: {slots_per_trial: 2}}");
    Wait.until("the end", SOON, () -> master.user.experimentState(id).equals("STATE_ERROR"));
    JsonNode experiment = master.user.get("/api/v1/experiments/" + id).ok().get("experiment");
    assertRequired(
        experiment,
        "archived",
        "config",
        "id",
        "jobId",
        "name",
        "numTrials",
        "originalConfig",
        "projectId",
        "projectOwnerId",
        "searcherType",
        "startTime",
        "state",
        "username");
    Instant start = Instant.parse(experiment.get("startTime").asText());
    Instant end = Instant.parse(experiment.get("endTime").asText());
    assertTrue(!end.isBefore(start.plusMillis(50)), start + " to " + end);
    JsonNode trial = master.user.get("/api/v1/experiments/" + id + "/trials").ok().at("/trials/0");
    assertEquals("STATE_ERROR", trial.get("state").asText());
    JsonNode all = master.user.get("/api/v1/experiments?limit=1000").ok().get("experiments");
    assertTrue(all.findValuesAsText("id").contains("" + id), all.toString());
  }

  @Test
  void anExperimentIsPausedActivatedAndKilled() {
    long id = master.user.experiment("entrypoint: sleep 600 && exit 0");
    String path = "/api/v1/experiments/" + id;
    Wait.until("running", SOON, () -> master.user.experimentState(id).equals("STATE_RUNNING"));
    master.user.post(path + "/pause", Map.of()).ok();
    master.user.post(path + "/pause", Map.of()).ok();
    assertEquals("STATE_PAUSED", master.user.experimentState(id));
    master.user.post(path + "/activate", Map.of()).ok();
    Wait.until(
        "running again", SOON, () -> master.user.experimentState(id).equals("STATE_RUNNING"));
    master.user.post(path + "/kill", Map.of()).ok();
    assertEquals("STATE_CANCELED", master.user.experimentState(id));
    master.user.post(path + "/kill", Map.of()).ok();
    Api.Answer late = master.user.post(path + "/activate", Map.of());
    assertEquals(400, late.status());
    assertEquals("experiment " + id + " is CANCELED already", late.error());
    assertEquals(404, master.user.post("/api/v1/experiments/9999/kill", Map.of()).status());
  }

  @Test
  void anExperimentThatIsNotActivatedWaits() {
    long id =
        master
            .user
            .post("/api/v1/experiments", Map.of("config", "entrypoint: exit 0", "activate", false))
            .ok()
            .at("/experiment/id")
            .asLong();
    assertEquals("STATE_PAUSED", master.user.experimentState(id));
    master.user.post("/api/v1/experiments/" + id + "/activate", Map.of()).ok();
    Wait.until("the end", SOON, () -> master.user.experimentState(id).equals("STATE_COMPLETED"));
  }

  @Test
  void aListOfExperimentsIsBoundedAndItsBoundsAreChecked() {
    assertEquals(400, master.user.get("/api/v1/experiments?limit=x").status());
    assertEquals(400, master.user.get("/api/v1/experiments?offset=-1").status());
    assertTrue(master.user.get("/api/v1/experiments?limit=1").ok().get("experiments").size() <= 1);
  }

  @Test
  void aTrialsLogIsTakenAsDeterminedsClientAndItsLogShipperSendIt() throws Exception {
    long id = master.user.experiment("entrypoint: exit 0\n");
    JsonNode trial = master.user.get("/api/v1/trials/" + id).ok().get("trial");
    assertRequired(
        trial,
        "experimentId",
        "hparams",
        "id",
        "restarts",
        "startTime",
        "state",
        "totalBatchesProcessed");
    String task = trial.get("taskId").asText();
    assertTrue(task.startsWith(id + "."), task);
    Map<String, Object> line =
        Map.of("log", "one\n", "taskId", task, "timestamp", "2026-03-01T12:00:00.5+01:00");
    master.user.post("/api/v1/task/logs", Map.of("logs", List.of(line))).ok();
    master.user.post("/task-logs", "[{\"log\": \"two\", \"task_id\": \"" + task + "\"}]").ok();
    for (String path : List.of("tasks/" + task, "trials/" + id)) {
      List<JsonNode> logs = ClientApiTest.lines(master.user.get("/api/v1/" + path + "/logs"));
      assertEquals(List.of("one", "two"), logs.stream().map(l -> l.get("log").asText()).toList());
      assertEquals("2026-03-01T11:00:00.500Z", logs.get(0).get("timestamp").asText());
    }
    assertEquals(401, master.nobody.post("/api/v1/task/logs", Map.of()).status());
  }

  @Test
  void whatIsNoLogIsNamed() {
    for (String logs : List.of("1", "[1]", "[{}]", "[{\"taskId\": \"a\"}]")) {
      assertEquals(
          400, master.user.post("/api/v1/task/logs", "{\"logs\": " + logs + "}").status(), logs);
    }
    assertEquals(400, master.user.post("/task-logs", "{}").status());
    Api.Answer wrong =
        master.user.post(
            "/api/v1/task/logs",
            "{\"logs\": [{\"taskId\": \"a\", \"log\": \"\", \"timestamp\": \"now\"}]}");
    assertTrue(wrong.error().startsWith("timestamp "), wrong.error());
  }

  @Test
  void aTrialsMetricsAreTakenAsDeterminedsClientSendsThem() {
    long id = master.user.experiment("entrypoint: exit 0\n");
    String body =
        "{\"group\": \"validation\", \"metrics\": {\"trialId\": %d, \"trialRunId\": 0,"
            + " \"stepsCompleted\": 5, \"metrics\": {\"avgMetrics\":"
            + " {\"acc\": 0.5, \"loss\": \"NaN\", \"note\": \"x\"}}}}";
    String metrics = "/api/v1/trials/" + id + "/metrics";
    master.user.post(metrics, body.formatted(id)).ok();
    assertEquals(400, master.user.post(metrics, "{}").status());
    assertEquals(404, master.user.post("/api/v1/trials/99999/metrics", body.formatted(1)).status());
  }
}

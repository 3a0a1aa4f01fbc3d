package org.expmaster.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
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

/** The master's own REST API, as Determined's client uses it. */
final class MasterApiTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir private static Path directory;
  private static Master master;
  private static Api nobody;
  private static Api admin;
  private static Api user;

  @BeforeAll
  static void start() throws Exception {
    Map<String, Object> more =
        Map.of(
            "cluster_name",
            "north",
            "webhooks",
            Map.of("signing_key", "not to be seen", "max_in_flight", 7));
    master = InProcess.master(directory, directory.resolve("no-plugins"), more);
    nobody = Api.of(URI.create(master.url()));
    admin = nobody.login("admin", MasterProcess.PASSWORD);
    user = nobody.login("determined", MasterProcess.PASSWORD);
  }

  @AfterAll
  static void stop() {
    master.close();
  }

  private static Api.Answer login(Map<String, ?> body) {
    return nobody.post("/api/v1/auth/login", body);
  }

  private static String clientHash(String password) throws Exception {
    byte[] bytes = ("GubPEmmotfiK9TMD6Zdw" + password).getBytes(UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(bytes));
  }

  private static void assertRequired(JsonNode json, String... fields) {
    for (String field : fields) {
      assertTrue(json.has(field), field + " in " + json);
    }
  }

  @Test
  void aLoginTakesThePasswordHashedOrPlainAndGivesATokenAndACookie() throws Exception {
    Api.Answer hashed =
        login(
            Map.of(
                "username",
                "admin",
                "password",
                clientHash(MasterProcess.PASSWORD),
                "isHashed",
                true));
    String token = hashed.ok().get("token").asText();
    assertEquals("admin", hashed.json().at("/user/username").asText());
    assertRequired(hashed.json().get("user"), "id", "username", "admin", "active");
    String cookie = hashed.http().headers().firstValue("Set-Cookie").orElseThrow();
    assertEquals("auth=" + token + "; Path=/; Max-Age=604800; HttpOnly; SameSite=Lax", cookie);
    Api.Answer me =
        nobody.send(nobody.request("GET", "/api/v1/me", "").header("Cookie", "auth=" + token));
    assertEquals(1, me.ok().at("/user/id").asInt());
  }

  @Test
  void wrongCredentialsAreOneAnswerWhateverIsWrong() throws Exception {
    List<Map<String, ?>> wrong =
        List.of(
            Map.of("username", "admin", "password", "wrong"),
            Map.of("username", "admin", "password", ""),
            Map.of("username", "admin", "password", "", "isHashed", true),
            Map.of("username", "admin"),
            Map.of("username", "nobody", "password", MasterProcess.PASSWORD),
            // the hash sent as a plain password, and the plain password sent as a hash
            Map.of("username", "admin", "password", clientHash(MasterProcess.PASSWORD)),
            Map.of("username", "admin", "password", MasterProcess.PASSWORD, "isHashed", true));
    for (Map<String, ?> credentials : wrong) {
      Api.Answer answer = login(credentials);
      assertEquals(401, answer.status(), credentials.toString());
      assertEquals("wrong username or password", answer.error());
    }
  }

  @Test
  void aTokenIsWorthNothingAfterTheLogout() {
    Api session = nobody.login("admin", MasterProcess.PASSWORD);
    assertEquals(200, session.get("/api/v1/me").status());
    session.post("/api/v1/auth/logout", Map.of()).ok();
    assertEquals(401, session.get("/api/v1/me").status());
  }

  @Test
  void anAdminMakesUsersWhoCanLogIn() {
    Map<String, Object> body =
        Map.of("user", Map.of("username", "ada", "active", true), "password", "lovelace");
    assertEquals(403, user.post("/api/v1/users", body).status());
    assertEquals("ada", admin.post("/api/v1/users", body).ok().at("/user/username").asText());
    assertEquals("username is taken", admin.post("/api/v1/users", body).error());
    assertFalse(
        nobody.login("ada", "lovelace").get("/api/v1/me").ok().at("/user/admin").asBoolean());
    assertTrue(user.get("/api/v1/users").ok().get("users").size() >= 3);
  }

  @Test
  void aPasswordIsChangedByItsUserOrAnAdminAndEndsTheirSessions() throws Exception {
    Map<String, Object> body =
        Map.of("user", Map.of("username", "grace", "active", true), "password", "one");
    String path =
        "/api/v1/users/" + admin.post("/api/v1/users", body).ok().at("/user/id") + "/password";
    Api grace = nobody.login("grace", "one");
    assertEquals(401, nobody.post(path, Map.of("password", "x")).status());
    assertEquals(403, user.post(path, Map.of("password", "x")).status());
    // as Determined's clients send it
    grace.post(path, '"' + clientHash("two") + '"').ok();
    assertEquals(401, grace.get("/api/v1/me").status());
    assertEquals(401, login(Map.of("username", "grace", "password", "one")).status());
    grace = nobody.login("grace", "two");
    admin.post(path, Map.of("password", "three")).ok();
    assertEquals(401, grace.get("/api/v1/me").status());
    assertEquals(200, nobody.login("grace", "three").get("/api/v1/me").status());
    for (String wrong : List.of("", "\"plain\"", "{}", "[]", "{\"password\": \"\"}", "7")) {
      assertEquals(400, admin.post(path, wrong).status(), wrong);
    }
    assertEquals(404, admin.post("/api/v1/users/9999/password", Map.of("password", "x")).status());
  }

  @Test
  void whoGuessesIsMadeToWaitAndTheLoginPageSaysSoToo() {
    Map<String, ?> guess = Map.of("username", "guessed", "password", "wrong");
    Api.Answer answer = login(guess);
    // ten failures are free, and more if a second passes between two
    for (int i = 0; i < 15 && answer.status() == 401; i++) {
      answer = login(guess);
    }
    assertEquals(429, answer.status());
    assertTrue(answer.error().startsWith("too many logins have failed"), answer.error());
    assertTrue(answer.http().headers().firstValue("Retry-After").isPresent());
    Api.Answer page = nobody.post("/det/login", "username=guessed&password=wrong");
    assertEquals(429, page.status());
    assertTrue(page.http().body().contains("too many logins have failed"), page.http().body());
    assertEquals(200, nobody.login("admin", MasterProcess.PASSWORD).get("/api/v1/me").status());
  }

  @Test
  void whoTheMasterIsAnyoneMayKnow() {
    assertRequired(
        nobody.get("/api/v1/master").ok(),
        "clusterId",
        "clusterName",
        "masterId",
        "version",
        "hasCustomLogo",
        "strictJobQueueControl");
    JsonNode info = nobody.get("/info").ok();
    assertEquals("north", info.get("cluster_name").asText());
    assertRequired(info, "cluster_id", "master_id", "version");
  }

  @Test
  void theConfigurationIsShownToAdminsAloneAndWithoutItsSecrets() {
    assertEquals(401, nobody.get("/api/v1/master/config").status());
    assertEquals(403, user.get("/api/v1/master/config").status());
    JsonNode config = admin.get("/api/v1/master/config").ok().get("config");
    assertEquals("********", config.at("/webhooks/signing_key").asText());
    assertEquals(7, config.at("/webhooks/max_in_flight").asInt());
    assertFalse(config.toString().contains(MasterProcess.PASSWORD));
    assertFalse(config.toString().contains("not to be seen"));
  }

  @Test
  void aWorkspaceIsMadeFoundAndUnique() {
    Map<String, Object> body = Map.of("name", "Vision <b>");
    JsonNode made = user.post("/api/v1/workspaces", body).ok().get("workspace");
    assertRequired(
        made,
        "archived",
        "errorMessage",
        "id",
        "immutable",
        "name",
        "numExperiments",
        "numProjects",
        "pinned",
        "state",
        "userId",
        "username");
    String path = "/api/v1/workspaces/" + made.get("id").asInt();
    assertEquals("Vision <b>", admin.get(path).ok().at("/workspace/name").asText());
    assertEquals(400, user.post("/api/v1/workspaces", body).status());
    JsonNode found = user.get("/api/v1/workspaces?name=vision").ok();
    assertEquals(1, found.at("/pagination/total").asInt());
    assertEquals(404, user.get("/api/v1/workspaces/999").status());
    assertEquals(404, user.get("/api/v1/workspaces/x").status());
  }

  @Test
  void aProjectIsMadeFoundAndUniqueInItsWorkspace() {
    Map<String, Object> workspace = Map.of("name", "with projects");
    JsonNode made = user.post("/api/v1/workspaces", workspace).ok();
    String path = "/api/v1/workspaces/" + made.at("/workspace/id").asInt() + "/projects";
    JsonNode project = user.post(path, Map.of("name", "p")).ok().get("project");
    assertRequired(
        project,
        "archived",
        "errorMessage",
        "id",
        "immutable",
        "key",
        "name",
        "notes",
        "numActiveExperiments",
        "numExperiments",
        "numRuns",
        "state",
        "userId",
        "username",
        "workspaceId");
    assertEquals(
        "name is that of another project there", user.post(path, Map.of("name", "p")).error());
    assertEquals(1, user.get(path).ok().get("projects").size());
  }

  @Test
  void anExperimentBelongsToItsProjectByIdOrByNamesOrToNone() {
    int workspace =
        user.post("/api/v1/workspaces", Map.of("name", "w")).ok().at("/workspace/id").asInt();
    long project =
        user.post("/api/v1/workspaces/" + workspace + "/projects", Map.of("name", "p"))
            .ok()
            .at("/project/id")
            .asLong();
    Map<String, Object> byId = Map.of("config", "entrypoint: exit 0", "projectId", project);
    assertEquals(project, created(byId).get("projectId").asLong());
    Map<String, Object> byNames = Map.of("config", "{workspace: w, project: p}");
    assertEquals(project, created(byNames).get("projectId").asLong());
    assertEquals("Uncategorized", created(Map.of("config", "{}")).get("projectName").asText());
    Api.Answer nowhere = user.post("/api/v1/experiments", Map.of("config", "{workspace: w}"));
    assertEquals(404, nowhere.status());
    assertEquals(
        "config.project: there is no project \"Uncategorized\" in a workspace \"w\"",
        nowhere.error());
    assertEquals(404, user.post("/api/v1/experiments", Map.of("projectId", 999)).status());
  }

  private static JsonNode created(Map<String, Object> body) {
    return user.post("/api/v1/experiments", body).ok().get("experiment");
  }

  @Test
  void anExperimentRunsToItsEndAndShowsWhatAClientAsksFor() {
    long id =
        user.experiment(
            "{name: n, entrypoint: sleep 0.05 && exit 7, resources: {slots_per_trial: 2}}");
    Wait.until("the end", SOON, () -> user.experimentState(id).equals("STATE_ERROR"));
    JsonNode experiment = user.get("/api/v1/experiments/" + id).ok().get("experiment");
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
    JsonNode trial = user.get("/api/v1/experiments/" + id + "/trials").ok().at("/trials/0");
    assertEquals("STATE_ERROR", trial.get("state").asText());
    JsonNode all = user.get("/api/v1/experiments?limit=1000").ok().get("experiments");
    assertTrue(all.findValuesAsText("id").contains("" + id), all.toString());
  }

  @Test
  void anExperimentIsPausedActivatedAndKilled() {
    long id = user.experiment("entrypoint: sleep 600 && exit 0");
    String path = "/api/v1/experiments/" + id;
    Wait.until("running", SOON, () -> user.experimentState(id).equals("STATE_RUNNING"));
    user.post(path + "/pause", Map.of()).ok();
    user.post(path + "/pause", Map.of()).ok();
    assertEquals("STATE_PAUSED", user.experimentState(id));
    user.post(path + "/activate", Map.of()).ok();
    Wait.until("running again", SOON, () -> user.experimentState(id).equals("STATE_RUNNING"));
    user.post(path + "/kill", Map.of()).ok();
    assertEquals("STATE_CANCELED", user.experimentState(id));
    user.post(path + "/kill", Map.of()).ok();
    Api.Answer late = user.post(path + "/activate", Map.of());
    assertEquals(400, late.status());
    assertEquals("experiment " + id + " is CANCELED already", late.error());
    assertEquals(404, user.post("/api/v1/experiments/9999/kill", Map.of()).status());
  }

  @Test
  void anExperimentThatIsNotActivatedWaits() {
    long id =
        user.post("/api/v1/experiments", Map.of("config", "entrypoint: exit 0", "activate", false))
            .ok()
            .at("/experiment/id")
            .asLong();
    assertEquals("STATE_PAUSED", user.experimentState(id));
    user.post("/api/v1/experiments/" + id + "/activate", Map.of()).ok();
    Wait.until("the end", SOON, () -> user.experimentState(id).equals("STATE_COMPLETED"));
  }

  @Test
  void aListOfExperimentsIsBoundedAndItsBoundsAreChecked() {
    assertEquals(400, user.get("/api/v1/experiments?limit=x").status());
    assertEquals(400, user.get("/api/v1/experiments?offset=-1").status());
    assertTrue(user.get("/api/v1/experiments?limit=1").ok().get("experiments").size() <= 1);
  }

  @Test
  void whoLogsInWithABrowserIsSentWhereTheyWereGoingAndNowhereElse() {
    String form = "username=admin&password=" + MasterProcess.PASSWORD.replace(' ', '+');
    Api.Answer in = nobody.post("/det/login", form + "&redirect=webhooks%23%2Fwebhooks%2F7");
    assertEquals(303, in.status());
    assertEquals("webhooks#/webhooks/7", in.http().headers().firstValue("Location").orElseThrow());
    String cookie = in.http().headers().firstValue("Set-Cookie").orElseThrow();
    assertTrue(cookie.startsWith("auth=") && cookie.contains("HttpOnly"), cookie);
    for (String elsewhere :
        List.of("https://evil.example", "//evil.example", "/\\evil.example", "x%0d%0ay")) {
      Api.Answer home = nobody.post("/det/login", form + "&redirect=" + elsewhere);
      assertEquals("webhooks", home.http().headers().firstValue("Location").orElseThrow());
    }
    Api.Answer wrong = nobody.post("/det/login", "username=admin&password=wrong&redirect=%22%3E");
    assertEquals(401, wrong.status());
    assertTrue(wrong.http().body().contains("Wrong username or password."));
    assertFalse(wrong.http().headers().firstValue("Set-Cookie").isPresent());
    assertEquals(
        403,
        nobody
            .send(
                nobody.request("POST", "/det/login", form).header("Origin", "https://evil.example"))
            .status());
  }

  @Test
  void aTrialsLogIsTakenAsDeterminedsClientAndItsLogShipperSendIt() {
    long id = user.experiment("entrypoint: exit 0\n");
    JsonNode trial = user.get("/api/v1/trials/" + id).ok().get("trial");
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
    user.post("/api/v1/task/logs", Map.of("logs", List.of(line))).ok();
    user.post("/task-logs", "[{\"log\": \"two\", \"task_id\": \"" + task + "\"}]").ok();
    JsonNode logs = user.get("/api/v1/tasks/" + task + "/logs").ok().get("logs");
    assertEquals(List.of("one", "two"), logs.findValuesAsText("log"));
    assertEquals("2026-03-01T11:00:00.500Z", logs.at("/0/timestamp").asText());
    assertEquals(401, nobody.post("/api/v1/task/logs", Map.of()).status());
  }

  @Test
  void whatIsNoLogIsNamed() {
    for (String logs : List.of("1", "[1]", "[{}]", "[{\"taskId\": \"a\"}]")) {
      assertEquals(400, user.post("/api/v1/task/logs", "{\"logs\": " + logs + "}").status(), logs);
    }
    assertEquals(400, user.post("/task-logs", "{}").status());
    Api.Answer wrong =
        user.post(
            "/api/v1/task/logs",
            "{\"logs\": [{\"taskId\": \"a\", \"log\": \"\", \"timestamp\": \"now\"}]}");
    assertTrue(wrong.error().startsWith("timestamp "), wrong.error());
  }

  @Test
  void aTrialsMetricsAreTakenAsDeterminedsClientSendsThem() {
    long id = user.experiment("entrypoint: exit 0\n");
    String body =
        "{\"group\": \"validation\", \"metrics\": {\"trialId\": %d, \"trialRunId\": 0,"
            + " \"stepsCompleted\": 5, \"metrics\": {\"avgMetrics\":"
            + " {\"acc\": 0.5, \"loss\": \"NaN\", \"note\": \"x\"}}}}";
    String metrics = "/api/v1/trials/" + id + "/metrics";
    user.post(metrics, body.formatted(id)).ok();
    assertEquals(400, user.post(metrics, "{}").status());
    assertEquals(404, user.post("/api/v1/trials/99999/metrics", body.formatted(1)).status());
  }
}

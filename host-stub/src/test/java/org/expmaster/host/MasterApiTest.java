package org.expmaster.host;

import static org.expmaster.host.ApiMaster.assertRequired;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.MasterProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The master's own facts, workspaces and projects, as Determined's client uses them. */
final class MasterApiTest {
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
  void whoTheMasterIsAnyoneMayKnow() {
    assertRequired(
        master.nobody.get("/api/v1/master").ok(),
        "clusterId",
        "clusterName",
        "masterId",
        "version",
        "hasCustomLogo",
        "strictJobQueueControl");
    JsonNode info = master.nobody.get("/info").ok();
    assertEquals("north", info.get("cluster_name").asText());
    assertRequired(info, "cluster_id", "master_id", "version");
  }

  @Test
  void theConfigurationIsShownToAdminsAloneAndWithoutItsSecrets() {
    assertEquals(401, master.nobody.get("/api/v1/master/config").status());
    assertEquals(403, master.user.get("/api/v1/master/config").status());
    JsonNode config = master.admin.get("/api/v1/master/config").ok().get("config");
    assertEquals("********", config.at("/webhooks/signing_key").asText());
    assertEquals(7, config.at("/webhooks/max_in_flight").asInt());
    assertFalse(config.toString().contains(MasterProcess.PASSWORD));
    assertFalse(config.toString().contains("not to be seen"));
  }

  @Test
  void theMetricsAreForAdminsAndForWhoHasTheToken() {
    assertEquals(401, master.nobody.get("/metrics").status());
    assertEquals(
        401, master.nobody.withToken("another-token-of-a-scraper").get("/metrics").status());
    assertEquals(403, master.user.get("/metrics").status());
    Api scraper = master.nobody.withToken(ApiMaster.METRICS_TOKEN);
    assertEquals(200, scraper.get("/metrics").status());
    assertEquals(401, scraper.get("/api/v1/me").status(), "it opens nothing else");
    Api.Answer answer = master.admin.get("/metrics");
    assertEquals(200, answer.status());
    assertEquals(
        "text/plain; version=0.0.4; charset=utf-8",
        answer.http().headers().firstValue("Content-Type").orElse(""));
    JsonNode config = master.admin.get("/api/v1/master/config").ok().get("config");
    assertEquals("********", config.at("/security/metrics_token").asText());
  }

  @Test
  void aWorkspaceIsMadeFoundAndUnique() {
    Map<String, Object> body = Map.of("name", "Vision <b>");
    JsonNode made = master.user.post("/api/v1/workspaces", body).ok().get("workspace");
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
    assertEquals("Vision <b>", master.admin.get(path).ok().at("/workspace/name").asText());
    assertEquals(400, master.user.post("/api/v1/workspaces", body).status());
    JsonNode found = master.user.get("/api/v1/workspaces?name=vision").ok();
    assertEquals(1, found.at("/pagination/total").asInt());
    assertEquals(404, master.user.get("/api/v1/workspaces/999").status());
    assertEquals(404, master.user.get("/api/v1/workspaces/x").status());
  }

  @Test
  void aProjectIsMadeFoundAndUniqueInItsWorkspace() {
    Map<String, Object> workspace = Map.of("name", "with projects");
    JsonNode made = master.user.post("/api/v1/workspaces", workspace).ok();
    String path = "/api/v1/workspaces/" + made.at("/workspace/id").asInt() + "/projects";
    JsonNode project = master.user.post(path, Map.of("name", "p")).ok().get("project");
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
        "name is that of another project there",
        master.user.post(path, Map.of("name", "p")).error());
    assertEquals(1, master.user.get(path).ok().get("projects").size());
  }
}

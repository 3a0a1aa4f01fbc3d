package org.expmaster.host.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.expmaster.host.Master;
import org.expmaster.host.it.PermissionTable.Row;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.InProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may call which of the packaged plugin's routes, for every route and every kind of caller. */
final class PermissionsIT {
  private static final String PAGE = " /det/webhooks";

  @TempDir private static Path directory;
  private static PermissionsFixture fixture;

  @BeforeAll
  static void start() throws Exception {
    fixture = new PermissionsFixture(directory);
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  static List<Row> rows() {
    return PermissionTable.rows();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyCallerGetsTheStatusOfTheTable(Row row) throws Exception {
    assertEquals(row.own(), statuses(row, fixture.own, fixture.workspace), "in the workspace");
    if (!row.global().isEmpty()) {
      assertEquals(row.global(), statuses(row, fixture.global, 0), "for all workspaces");
    }
  }

  private static List<Integer> statuses(Row row, long webhook, long workspace) throws Exception {
    List<Integer> statuses = new ArrayList<>();
    for (String caller : PermissionTable.CALLERS) {
      // each caller gets one of their own to delete, and a delivery that has ended
      long id = row.method().equals("DELETE") ? fixture.create(workspace) : webhook;
      String delivery =
          row.path().contains("{d}") ? String.valueOf(fixture.awaitDelivered(webhook)) : "";
      String path = row.path().replace("{id}", String.valueOf(id)).replace("{d}", delivery);
      Api api = fixture.callers.get(caller);
      String body = new ObjectMapper().writeValueAsString(body(row, workspace));
      statuses.add(api.send(api.request(row.method(), "/api/v1/" + path, body)).status());
    }
    return statuses;
  }

  private static Map<String, Object> body(Row row, long workspace) {
    return switch (row.path()) {
      case "webhooks", "webhooks/preview" -> fixture.webhook(workspace);
      case "webhooks/custom" ->
          Map.of("data", Map.of("title", "t"), "experimentId", fixture.experiment);
      // one rotation after the other
      case "webhooks/{id}/secret/rotate" -> Map.of("immediately", true);
      default -> Map.of();
    };
  }

  @Test
  void everyRouteIsInTheTableAndInTheDocumentExceptThePagesOwnFiles() throws Exception {
    TreeSet<String> routes = new TreeSet<>(routes(Path.of(System.getProperty("plugins.dir"))));
    routes.removeAll(routes(Files.createDirectory(directory.resolve("no-plugins"))));
    assertTrue(routes.removeIf(route -> route.contains(PAGE)));
    TreeSet<String> rows = new TreeSet<>();
    rows().forEach(row -> rows.add(row.route()));
    assertEquals(routes, rows);
    assertEquals(routes, fixture.document.routes());
  }

  @Test
  void thePagesFilesAreForEveryone() throws Exception {
    for (String route : routes(Path.of(System.getProperty("plugins.dir")))) {
      if (route.contains(PAGE)) {
        assertTrue(route.startsWith("GET "), route);
        String path = route.substring("GET ".length());
        assertEquals(200, fixture.callers.get("nobody").get(path).status(), path);
      }
    }
  }

  @Test
  void theDocumentHasTheVersionOfThePlugin() {
    JsonNode plugins = fixture.admin.get("/api/v1/master/plugins").ok();
    assertEquals(plugins.at("/plugins/0/version").asText(), fixture.document.version());
  }

  private static List<String> routes(Path plugins) throws Exception {
    Path elsewhere = Files.createTempDirectory(directory, "routes");
    try (Master master = InProcess.master(elsewhere, plugins)) {
      return master.routes();
    }
  }

  @Test
  void whoMayOnlyViewSeesWhatHappenedAndNoSecret() {
    String delivery = "/" + fixture.own + "/deliveries/" + fixture.awaitDelivered(fixture.own);
    Api viewer = fixture.callers.get("viewer");
    for (String path :
        List.of("", "/" + fixture.own, "/" + fixture.own + "/deliveries", delivery)) {
      Api.Answer seen = viewer.get("/api/v1/webhooks" + path);
      assertEquals(200, seen.status());
      assertFalse(seen.http().body().contains(PackagedPlugin.SECRET_PATH), seen.http().body());
    }
    JsonNode masked = viewer.get("/api/v1/webhooks" + delivery).ok().path("delivery");
    assertEquals("DELIVERED", masked.path("state").textValue());
    assertEquals(200, masked.at("/attemptLog/0/status").intValue());
    assertTrue(masked.path("body").isNull() && masked.at("/attemptLog/0/response").isNull());
    JsonNode whole = fixture.callers.get("editor").get("/api/v1/webhooks" + delivery).ok();
    assertTrue(whole.at("/delivery/body").textValue().contains("experiment_completed"));
  }

  @Test
  void aStrangerIsNotToldThatAWorkspaceHasWebhooks() {
    JsonNode list = fixture.callers.get("stranger").get("/api/v1/webhooks").ok();
    list.path("webhooks").forEach(seen -> assertEquals(0, seen.path("workspaceId").asLong()));
    assertEquals("[]", list.path("workspaces").toString());
    Api.Answer hidden = fixture.callers.get("stranger").get("/api/v1/webhooks/" + fixture.own);
    assertEquals("there is no webhook " + fixture.own, hidden.error());
  }

  @Test
  void aRoleCountsFromTheNextRequestOnAndNoLongerOnceItIsTaken() {
    Api stranger = fixture.callers.get("stranger");
    String path = "/api/v1/webhooks/" + fixture.own;
    fixture.give("stranger", "EDITOR");
    assertEquals(200, stranger.patch(path, Map.of()).status());
    fixture.give("stranger", "VIEWER");
    assertEquals(403, stranger.patch(path, Map.of()).status());
    assertEquals(200, stranger.get(path).status());
    fixture.take("stranger");
    assertEquals(404, stranger.get(path).status());
  }
}

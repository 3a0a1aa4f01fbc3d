package org.expmaster.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.expmaster.host.testing.Api;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How roles are given in a workspace, and by whom. */
final class RoleApiTest {
  @TempDir private static Path directory;
  private static ApiMaster master;
  private static long user;

  @BeforeAll
  static void start() throws Exception {
    master = new ApiMaster(directory);
    user = master.user.get("/api/v1/me").ok().at("/user/id").asLong();
  }

  @AfterAll
  static void stop() {
    master.close();
  }

  @Test
  void anAdminGivesARoleInAnyWorkspaceAndTakesIt() {
    String roles = workspace(master.admin, "admin's");
    put(master.admin, roles + "/" + user, "VIEWER").ok();
    put(master.admin, roles + "/" + user, "EDITOR").ok();
    assertEquals(
        "{\"roles\":[{\"userId\":" + user + ",\"username\":\"determined\",\"role\":\"EDITOR\"}]}",
        master.admin.get(roles).ok().toString());
    master.admin.delete(roles + "/" + user).ok();
    assertEquals("{\"roles\":[]}", master.admin.get(roles).ok().toString());
    assertEquals(404, master.admin.delete(roles + "/" + user).status());
  }

  @Test
  void anOwnerGivesRolesInTheirOwnWorkspace() {
    String roles = workspace(master.user, "user's");
    put(master.user, roles + "/1", "VIEWER").ok();
    assertEquals(1, master.user.get(roles).ok().path("roles").size());
    master.user.delete(roles + "/1").ok();
  }

  @Test
  void nobodyElseGivesRolesNotEvenWhoHasOne() {
    String roles = workspace(master.admin, "not the user's");
    put(master.admin, roles + "/" + user, "EDITOR").ok();
    assertEquals(403, put(master.user, roles + "/1", "VIEWER").status());
    assertEquals(403, master.user.get(roles).status());
    assertEquals(403, master.user.delete(roles + "/" + user).status());
    assertEquals(401, put(master.nobody, roles + "/1", "VIEWER").status());
    assertEquals(1, master.admin.get(roles).ok().path("roles").size());
  }

  @Test
  void whatIsWrongIsNamed() {
    String roles = workspace(master.admin, "for errors");
    Api.Answer wrong = put(master.admin, roles + "/" + user, "OWNER");
    assertEquals(400, wrong.status());
    assertEquals("role is \"OWNER\", and must be VIEWER or EDITOR", wrong.error());
    Api.Answer nobody = put(master.admin, roles + "/99", "VIEWER");
    assertEquals(404, nobody.status());
    assertEquals("there is no user 99", nobody.error());
    assertEquals(404, put(master.admin, "/api/v1/workspaces/999/roles/1", "VIEWER").status());
  }

  private static String workspace(Api owner, String name) {
    return "/api/v1/workspaces/"
        + owner.post("/api/v1/workspaces", Map.of("name", name)).ok().at("/workspace/id").asLong()
        + "/roles";
  }

  private static Api.Answer put(Api who, String path, String role) {
    return who.send(who.request("PUT", path, "{\"role\": \"" + role + "\"}"));
  }
}

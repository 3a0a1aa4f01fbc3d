package org.expmaster.host.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.ApiDocument;
import org.expmaster.host.testing.MasterProcess;
import org.expmaster.host.testing.Wait;

/**
 * A master with a workspace in which users have each of the roles, a webhook of that workspace, a
 * webhook for all workspaces, and a delivery of each.
 */
final class PermissionsFixture implements AutoCloseable {
  private static final String WEBHOOKS = "/api/v1/webhooks";

  final PackagedPlugin plugin;
  final MasterProcess master;
  final Map<String, Api> callers = new HashMap<>();
  final ApiDocument document;
  private final Api nobody;
  final Api admin;
  final long workspace;
  final long own;
  final long global;
  final long experiment;

  PermissionsFixture(Path directory) throws Exception {
    plugin = new PackagedPlugin(directory);
    master = plugin.start(Map.of());
    document = ApiDocument.of(master.url());
    nobody = master.api().checkedBy(document::check);
    admin = nobody.login("admin", MasterProcess.PASSWORD);
    callers.put("nobody", nobody);
    callers.put("admin", admin);
    for (String name : List.of("stranger", "viewer", "editor", "owner")) {
      callers.put(name, user(name));
    }
    Api owner = callers.get("owner");
    workspace =
        owner.post("/api/v1/workspaces", Map.of("name", "ws")).ok().at("/workspace/id").asLong();
    give("viewer", "VIEWER");
    give("editor", "EDITOR");
    own = create(workspace);
    global = create(0);
    experiment = experiment(owner);
    awaitDelivered(own);
    awaitDelivered(global);
  }

  private Api user(String name) {
    Map<String, Object> user = Map.of("username", name, "active", true, "admin", false);
    admin.post("/api/v1/users", Map.of("user", user, "password", MasterProcess.PASSWORD)).ok();
    return nobody.login(name, MasterProcess.PASSWORD);
  }

  private long experiment(Api owner) {
    String projects = "/api/v1/workspaces/" + workspace + "/projects";
    long project = owner.post(projects, Map.of("name", "p")).ok().at("/project/id").asLong();
    Map<String, Object> body =
        Map.of("activate", true, "projectId", project, "config", "entrypoint: exit 0");
    return owner.post("/api/v1/experiments", body).ok().at("/experiment/id").asLong();
  }

  /** Gives a user a role in the workspace. */
  void give(String user, String role) {
    Api owner = callers.get("owner");
    owner.send(owner.request("PUT", role(user), "{\"role\": \"" + role + "\"}")).ok();
  }

  /** Takes a user's role in the workspace away. */
  void take(String user) {
    callers.get("owner").delete(role(user)).ok();
  }

  private String role(String user) {
    long id = callers.get(user).get("/api/v1/me").ok().at("/user/id").asLong();
    return "/api/v1/workspaces/" + workspace + "/roles/" + id;
  }

  /** Returns a webhook as a client writes it; workspace 0 means all. */
  Map<String, Object> webhook(long workspaceId) {
    Map<String, Object> webhook =
        new HashMap<>(
            PackagedPlugin.webhookFor(plugin.receiver.url(PackagedPlugin.SECRET_PATH).toString()));
    webhook.put("workspaceId", workspaceId);
    return webhook;
  }

  /** Creates a webhook as the admin, and returns its id. */
  long create(long workspaceId) {
    return admin.post(WEBHOOKS, webhook(workspaceId)).ok().at("/webhook/id").asLong();
  }

  /**
   * Enables a webhook, and waits until its only delivery has arrived; returns the delivery's id.
   */
  long awaitDelivered(long webhook) {
    admin.post(WEBHOOKS + "/" + webhook + "/enable", "").ok();
    String path = WEBHOOKS + "/" + webhook + "/deliveries?state=DELIVERED";
    Wait.until(
        "a delivery of " + webhook,
        PackagedPlugin.SOON,
        () -> admin.get(path).ok().path("deliveries").size() == 1);
    JsonNode delivered = admin.get(path).ok();
    return delivered.at("/deliveries/0/id").asLong();
  }

  @Override
  public void close() {
    master.close();
    plugin.close();
  }
}

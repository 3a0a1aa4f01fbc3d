package org.expmaster.host.it;

import static org.expmaster.host.it.PackagedPlugin.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.MasterProcess;
import org.expmaster.host.testing.WebhookReceiver.Received;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The logs of tasks that belong to no experiment reach the webhooks of their workspace. */
final class TaskLogIT {
  @TempDir private Path directory;

  @Test
  void theLogOfANotebookReachesItsWorkspaceAndNoOther() throws Exception {
    try (PackagedPlugin plugin = new PackagedPlugin(directory);
        MasterProcess master = plugin.start(Map.of())) {
      Api admin = master.admin();
      long other =
          admin
              .post("/api/v1/workspaces", Map.of("name", "other"))
              .ok()
              .at("/workspace/id")
              .asLong();
      webhook(admin, plugin, "/here", 1);
      webhook(admin, plugin, "/other", other);
      webhook(admin, plugin, "/all", 0);
      String notebook =
          admin
              .post("/api/v1/notebooks", Map.of("workspaceId", 1))
              .ok()
              .at("/notebook/id")
              .textValue();
      admin
          .post(
              "/api/v1/task/logs",
              Map.of("logs", List.of(Map.of("taskId", notebook, "log", "CUDA error"))))
          .ok();
      List<Received> received = plugin.receiver.await(2, SOON);
      assertEquals(
          List.of("/all", "/here"), received.stream().map(Received::path).sorted().toList());
      String body = new String(received.get(0).body(), StandardCharsets.UTF_8);
      assertTrue(body.contains("\"task_id\":\"" + notebook + "\""), body);
    }
  }

  private static void webhook(Api admin, PackagedPlugin plugin, String path, long workspaceId) {
    admin
        .post(
            "/api/v1/webhooks",
            Map.of(
                "url",
                plugin.receiver.url(path).toString(),
                "webhookType",
                "WEBHOOK_TYPE_DEFAULT",
                "workspaceId",
                workspaceId,
                "triggers",
                List.of(
                    Map.of(
                        "triggerType",
                        "TRIGGER_TYPE_TASK_LOG",
                        "condition",
                        Map.of("regex", "CUDA")))))
        .ok();
  }
}

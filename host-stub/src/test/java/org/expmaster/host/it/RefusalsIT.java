package org.expmaster.host.it;

import static org.expmaster.host.it.PackagedPlugin.SECRET_PATH;
import static org.expmaster.host.it.PackagedPlugin.webhookFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.MasterProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the plugin refuses: wrong settings, hosts of its own network, and malformed requests. */
final class RefusalsIT {
  @TempDir private Path directory;
  private PackagedPlugin plugin;

  @BeforeEach
  void listen() throws IOException {
    plugin = new PackagedPlugin(directory);
  }

  @AfterEach
  void close() {
    plugin.close();
  }

  @Test
  void aWrongSettingStopsThePluginInOneLineThatNamesItAndTheMasterRunsOn() throws Exception {
    try (MasterProcess master = plugin.start(Map.of("webhooks", Map.of("max_in_flihgt", 3)))) {
      assertEquals(404, master.admin().get("/api/v1/webhooks").status());
      List<String> lines =
          master.stderr().lines().filter(line -> line.contains("max_in_flihgt")).toList();
      assertEquals(1, lines.size(), master.stderr());
      assertTrue(lines.get(0).contains("webhooks.max_in_flihgt is not a setting"), lines.get(0));
    }
  }

  @Test
  void byDefaultTheMastersOwnHostIsNotReached() throws Exception {
    Map<String, Object> asShipped = Map.of("allowed_networks", List.of());
    try (MasterProcess master = plugin.start(Map.of("webhooks", asShipped))) {
      Api admin = master.admin();
      for (String host : List.of("127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433")) {
        String url = "http://" + host + ":" + plugin.receiver.port() + SECRET_PATH;
        Api.Answer refused = admin.post("/api/v1/webhooks", webhookFor(url));
        assertEquals(400, refused.status(), host);
        assertTrue(refused.error().startsWith("url"), refused.error());
        assertFalse(refused.error().contains(SECRET_PATH), refused.error());
      }
      assertEquals(List.of(), plugin.receiver.received());
    }
  }

  @Test
  void whateverIsSentItIsAnsweredWithAClear4xxAndTheMasterRunsOn() throws Exception {
    try (MasterProcess master = plugin.start(Map.of())) {
      Api admin = master.admin();
      Map<String, String> bodies =
          Map.of(
              "malformed", "{\"url\": ",
              "deeply nested", "[".repeat(100_000),
              "10 MB", "{\"name\":\"" + "x".repeat(10_000_000) + "\"}",
              "not an object", "[1]",
              "no trigger",
                  "{\"url\":\"http://a.example\",\"webhookType\":\"WEBHOOK_TYPE_DEFAULT\"}");
      bodies.forEach(
          (what, body) -> {
            Api.Answer answer = admin.post("/api/v1/webhooks", body);
            assertTrue(
                answer.status() >= 400 && answer.status() < 500, what + " → " + answer.status());
            assertFalse(answer.error().isEmpty(), what);
          });
      for (String id :
          new String[] {"0", "-1", "abc", "99999999999999999999", "%00", "1%2f2", "99"}) {
        int status = admin.delete("/api/v1/webhooks/" + id).status();
        assertTrue(status == 404 || status == 400, id + " → " + status);
      }
      assertEquals(401, master.api().get("/api/v1/webhooks").status());
      assertEquals(
          403,
          master
              .api()
              .login("determined", MasterProcess.PASSWORD)
              .post("/api/v1/webhooks", webhookFor("http://a.example"))
              .status());
      plugin.webhook(admin);
      admin.post("/api/v1/webhooks/1/test", "").ok();
    }
  }
}

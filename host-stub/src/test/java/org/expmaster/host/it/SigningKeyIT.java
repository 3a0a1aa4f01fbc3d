package org.expmaster.host.it;

import static org.expmaster.host.it.PackagedPlugin.CONFIG;
import static org.expmaster.host.it.PackagedPlugin.SOON;
import static org.expmaster.host.it.PackagedPlugin.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.MasterProcess;
import org.expmaster.host.testing.Signatures;
import org.expmaster.host.testing.WebhookReceiver.Received;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key that signs: where it comes from, who sees it, and its rotation. */
final class SigningKeyIT {
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
  void aKeyThatIsMadeIsShownToAdminsAloneAndIsTheSameAfterARestart() throws Exception {
    try (MasterProcess first = plugin.start(Map.of())) {
      String made = key(first.admin());
      assertTrue(made.matches("[0-9a-f]{64}"), made.length() + " characters");
      assertEquals(
          403, first.api().login("determined", MasterProcess.PASSWORD).get(CONFIG).status());
      assertEquals(401, first.api().get(CONFIG).status());

      first.kill();
      try (MasterProcess second = first.restart()) {
        assertEquals(made, key(second.admin()));
      }
    }
  }

  @Test
  void aConfiguredKeyIsTheOneThatIsShownAndSigns() throws Exception {
    Map<String, Object> security =
        Map.of(
            "initial_user_password", MasterProcess.PASSWORD, "webhook_signing_key", "schlüssel-鍵");
    try (MasterProcess master = plugin.start(Map.of("security", security))) {
      assertEquals("schlüssel-鍵", key(master.admin()));
      plugin.webhook(master.admin());
      master.admin().experiment("entrypoint: exit 0\n");
      Received received = plugin.receiver.await(1, SOON).get(0);
      assertTrue(Signatures.verifies(received, received.body(), "schlüssel-鍵"));
    }
  }

  @Test
  void aRotatedKeySignsFromThenOn() throws Exception {
    try (MasterProcess master = plugin.start(Map.of())) {
      Api admin = master.admin();
      String old = key(admin);
      String rotate = CONFIG + "/webhook_signing_key/rotate";
      assertEquals(401, master.api().post(rotate, "").status());
      assertEquals(
          403, master.api().login("determined", MasterProcess.PASSWORD).post(rotate, "").status());
      admin.post(rotate, "").ok();

      String now = key(admin);
      assertNotEquals(old, now);
      plugin.webhook(admin);
      admin.post("/api/v1/webhooks/1/test", "").ok();
      Received received = plugin.receiver.await(1, SOON).get(0);
      assertTrue(Signatures.verifies(received, received.body(), now));
      assertEquals(2, received.headers().getFirst("webhook-signature").split(" ").length);
    }
  }
}

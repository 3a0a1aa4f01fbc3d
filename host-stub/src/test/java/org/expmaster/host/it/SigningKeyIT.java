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
import org.expmaster.host.testing.Wait;
import org.expmaster.host.testing.WebhookReceiver.Received;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key that signs: where it comes from, who sees it, and its rotation. */
final class SigningKeyIT {
  private static final String ROTATE = CONFIG + "/webhook_signing_key/rotate";

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
    Map<String, Object> security = Map.of("webhook_signing_key", "schlüssel-鍵");
    try (MasterProcess master = plugin.start(Map.of("security", security))) {
      assertEquals("schlüssel-鍵", key(master.admin()));
      plugin.webhook(master.admin());
      master.admin().experiment("entrypoint: exit 0\n");
      Received received = plugin.receiver.await(1, SOON).get(0);
      assertTrue(Signatures.verifies(received, received.body(), "schlüssel-鍵"));
    }
  }

  @Test
  void aRotatedKeyIsAnnouncedAndChangesNothingForReceiversUntilTheOverlapEnds() throws Exception {
    try (MasterProcess master = plugin.start(Map.of("webhooks", Map.of("key_overlap", "10s")))) {
      Api admin = master.admin();
      String old = key(admin);
      assertEquals(401, master.api().post(ROTATE, "").status());
      assertEquals(
          403, master.api().login("determined", MasterProcess.PASSWORD).post(ROTATE, "").status());
      String from = admin.post(ROTATE, "").ok().get("signsFrom").asText();

      assertEquals(old, key(admin));
      String next = webhooks(admin, "next_signing_key");
      assertTrue(next.matches("[0-9a-f]{64}"), next.length() + " characters");
      assertEquals(from, webhooks(admin, "next_signing_key_from"));
      assertEquals(400, admin.post(ROTATE, "").status(), "one is under way");
      plugin.webhook(admin);
      admin.post("/api/v1/webhooks/1/test", "").ok();
      Received during = plugin.receiver.await(1, SOON).get(0);
      assertTrue(Signatures.verifies(during, during.body(), old));
      assertEquals(3, signatures(during), "by the webhook's own secret and both keys");

      Wait.until("the new key signs", SOON, () -> key(admin).equals(next));
      assertEquals("", webhooks(admin, "next_signing_key"));
      admin.post("/api/v1/webhooks/1/test", "").ok();
      Received after = plugin.receiver.await(2, SOON).get(1);
      assertTrue(Signatures.verifies(after, after.body(), next));
      assertEquals(3, signatures(after), "the old key still signs the other header");
    }
  }

  @Test
  void aLeakedKeyIsReplacedAtOnce() throws Exception {
    try (MasterProcess master = plugin.start(Map.of())) {
      Api admin = master.admin();
      String leaked = key(admin);
      admin.post(ROTATE, Map.of("immediately", true)).ok();

      String now = key(admin);
      assertNotEquals(leaked, now);
      plugin.webhook(admin);
      admin.post("/api/v1/webhooks/1/test", "").ok();
      Received received = plugin.receiver.await(1, SOON).get(0);
      assertTrue(Signatures.verifies(received, received.body(), now));
    }
  }

  private static String webhooks(Api admin, String setting) {
    return admin.get(CONFIG).ok().at("/config/webhooks/" + setting).asText();
  }

  private static int signatures(Received received) {
    return received.headers().getFirst("webhook-signature").split(" ").length;
  }
}

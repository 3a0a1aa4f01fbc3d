package org.expmaster.host.guides;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.List;
import java.util.Map;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.MasterProcess;
import org.expmaster.host.testing.Wait;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide to receiving: the packaged receiver, and the guide's own. */
final class ReceivingGuideIT {
  @TempDir private static Path directory;
  private static MasterProcess master;
  private static Api admin;
  private static String key;

  @BeforeAll
  static void start() throws IOException {
    Path home = Files.createDirectory(directory.resolve("master"));
    master =
        MasterProcess.start(home, Map.of("webhooks", Map.of("retry_schedule", List.of("100ms"))));
    admin = master.admin();
    key =
        admin.get("/api/v1/master/config").ok().at("/config/security/webhook_signing_key").asText();
  }

  @AfterAll
  static void stop() {
    master.close();
  }

  /** Starts the packaged receiver, which knows the master's key from a file. */
  private static MasterProcess receiver(String name, String... options) throws IOException {
    Path home = Files.createDirectory(directory.resolve(name));
    Path keys = Files.writeString(home.resolve("keys"), "an-older-key\n" + key + "\n");
    List<String> arguments =
        new java.util.ArrayList<>(
            List.of("receiver", "--port", "0", "--keys-file", keys.toString()));
    arguments.addAll(List.of(options));
    return MasterProcess.run(home, Map.of(), arguments).awaitListening();
  }

  private static long webhook(URI url) {
    return admin
        .post(
            "/api/v1/webhooks",
            Map.of(
                "url", url.toString(),
                "webhookType", "WEBHOOK_TYPE_DEFAULT",
                "triggers",
                    List.of(
                        Map.of(
                            "triggerType",
                            "TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE",
                            "condition",
                            Map.of("state", "COMPLETED")))))
        .ok()
        .at("/webhook/id")
        .asLong();
  }

  /** Waits until this many attempts of a webhook's first delivery are recorded. */
  private static void awaitAttempts(long webhook, int count) {
    Wait.until(
        count + " attempts",
        RotatedMaster.SOON,
        () -> admin.get(deliveryOf(webhook)).json().at("/delivery/attemptLog").size() == count);
  }

  private static String deliveryOf(long webhook) {
    String path = "/api/v1/webhooks/" + webhook + "/deliveries";
    return path + "/" + admin.get(path).ok().at("/deliveries/0/id").asLong();
  }

  @Test
  void thePackagedReceiverFailsOnceThenVerifiesTheNextAttemptAndShowsNoKey() throws Exception {
    try (MasterProcess receiver = receiver("fails", "--fail-first", "1")) {
      long webhook = webhook(receiver.url());
      admin.experiment("name: größe 🎉\nentrypoint: exit 0\n");
      awaitAttempts(webhook, 2);
      String printed = receiver.stdout();
      assertTrue(printed.contains("answered with 500"), printed);
      assertTrue(printed.contains("experiment_completed, attempt 2 of this event"), printed);
      assertTrue(printed.contains("X-Determined-AI-Signature: verified with key 2"), printed);
      assertTrue(printed.contains("webhook-signature: verified with key 2"), printed);
      assertTrue(printed.contains("\"name\" : \"größe 🎉\""), printed);
      assertTrue(printed.contains("answered with 204"), printed);
      assertFalse(printed.contains(key), "the key is printed");
      assertEquals("", receiver.stderr());
      assertEquals(0, receiver.terminate());
    }
  }

  @Test
  void thePackagedReceiverRefusesWhatNoKeySigned() throws Exception {
    try (MasterProcess receiver = receiver("refuses")) {
      assertEquals(401, receiver.api().post("/hook", "{}").status());
      assertTrue(receiver.stdout().contains("NOT verified: the header is not there"));
    }
  }

  @Test
  void theGuidesReceiverKeepsAnEventOnceHoweverOftenItComes() throws Exception {
    Shell.assumeInstalled("python3");
    Path home = directory.resolve("receiver");
    Docs.copyReceivers(home);
    Path events = home.resolve("events.db");
    try (RunningReceiver receiver =
        RunningReceiver.start(
            home, port -> List.of("python3", "receiving.py", events.toString()), List.of(key))) {
      long webhook = webhook(receiver.url());
      admin.experiment("entrypoint: exit 0\n");
      awaitAttempts(webhook, 1);
      admin.post(deliveryOf(webhook) + "/redeliver", "").ok();
      awaitAttempts(webhook, 2);
      assertEquals("1", single(events, "SELECT count(*) FROM events"));
      admin.experiment("entrypoint: exit 0\n");
      Wait.until(
          "the second event",
          RotatedMaster.SOON,
          () -> single(events, "SELECT count(*) FROM events").equals("2"));
    }
  }

  private static String single(Path database, String query) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        ResultSet rows = connection.createStatement().executeQuery(query)) {
      return rows.getString(1);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}

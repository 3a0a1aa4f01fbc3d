package org.expmaster.host.guides;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.expmaster.host.guides.RotatedMaster.Request;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.MasterProcess;
import org.expmaster.host.testing.RawHttp;
import org.expmaster.host.testing.Wait;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide to receiving: the packaged receiver, and the guide's own. */
@Tag("any-jdk")
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
    Path keys = Files.writeString(home.resolve("keys"), key + "\nanother-key\n");
    List<String> arguments =
        new ArrayList<>(List.of("receiver", "--port", "0", "--keys-file", keys.toString()));
    arguments.addAll(List.of(options));
    return MasterProcess.run(home, Map.of(), arguments).awaitListening();
  }

  private static long webhook(URI url) {
    return webhook(admin, url);
  }

  private static long webhook(Api api, URI url) {
    return api.post(
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
      assertTrue(printed.contains("X-Determined-AI-Signature: verified with key 1"), printed);
      String sample = Docs.blocks("receiving.md", "text").get(0);
      for (String part : sample.substring(sample.indexOf('\n') + 1).split(" *…\n")) {
        assertTrue(printed.contains(part), printed + " has not " + part);
      }
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

  @Test
  void theGuidesReceiverSurvivesWhatIsHostile() throws Exception {
    Shell.assumeInstalled("python3");
    Path home = directory.resolve("hostile");
    Docs.copyReceivers(home);
    String events = home.resolve("events.db").toString();
    String body = "{\"event_id\":\"e\",\"timestamp\":1}";
    Request genuine = Request.signed(key.getBytes(UTF_8), Instant.now(), body);
    Request large =
        Request.signed(key.getBytes(UTF_8), Instant.now(), " ".repeat(1_100_000) + body);
    try (RunningReceiver receiver =
            RunningReceiver.start(
                home, port -> List.of("python3", "receiving.py", events), List.of(key));
        RawHttp stalled = HostileRequests.stall(receiver.url(), genuine)) {
      List<String> hostile = new ArrayList<>(HostileRequests.malformed(genuine));
      HostileRequests.timestamps(key, genuine)
          .forEach(request -> hostile.add(HostileRequests.text(request)));
      hostile.add(HostileRequests.text(large));
      for (String text : hostile) {
        int status = HostileRequests.send(receiver.url(), text);
        assertTrue(status == 0 || status >= 400 && status <= 499, status + " to " + text);
      }
      assertEquals(204, HostileRequests.send(receiver.url(), HostileRequests.text(genuine)));
      assertFalse(receiver.output().contains("Traceback"), receiver.output());
    }
  }

  @Test
  void connectionsThatStallDelayNobodyAndEnd() throws Exception {
    Request genuine = Request.signed(key.getBytes(UTF_8), Instant.now(), "{}");
    try (MasterProcess receiver = receiver("stalled")) {
      List<RawHttp> stalled = new ArrayList<>();
      for (int i = 0; i < 150; i++) {
        stalled.add(HostileRequests.stall(receiver.url(), genuine));
      }
      assertEquals(204, HostileRequests.send(receiver.url(), HostileRequests.text(genuine)));
      Wait.until("their end", RotatedMaster.SOON, () -> stalled.stream().allMatch(RawHttp::ended));
    }
  }

  @Test
  void theGuidesConfigurationStartsAMasterWithThePluginAndAPassword() throws Exception {
    Path home = Files.createDirectory(directory.resolve("configured"));
    String yaml =
        Docs.blocks("receiving.md", "yaml")
            .get(0)
            .replace("port: 8080", "port: 0")
            .replace("host-stub/target/plugins", System.getProperty("plugins.dir"));
    Path file = Files.writeString(home.resolve("master.yaml"), yaml);
    List<String> arguments = List.of("serve", "--config", file.toString());
    try (MasterProcess configured = MasterProcess.run(home, Map.of(), arguments)) {
      configured.awaitListening();
      String sentence = "the users admin and determined have the initial password ";
      assertTrue(Docs.guide("receiving.md").contains(sentence));
      String password = configured.stdout().split(sentence, 2)[1].lines().findFirst().orElseThrow();
      Api api = configured.api().login("admin", password);
      assertTrue(webhook(api, URI.create("http://127.0.0.1:9000/hook")) > 0);
      assertTrue(Files.exists(home.resolve("master.db")));
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

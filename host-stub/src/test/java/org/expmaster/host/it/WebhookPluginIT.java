package org.expmaster.host.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.MasterProcess;
import org.expmaster.host.testing.Signatures;
import org.expmaster.host.testing.Wait;
import org.expmaster.host.testing.WebhookReceiver;
import org.expmaster.host.testing.WebhookReceiver.Received;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged plugin in a packaged master, over HTTP only. */
final class WebhookPluginIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String CONFIG = "/api/v1/master/config";
  private static final String SECRET_PATH = "/services/T000/B000/verysecretpath";

  @TempDir private Path directory;
  private WebhookReceiver receiver;

  @BeforeEach
  void listen() throws IOException {
    receiver = WebhookReceiver.start();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void aKeyThatIsMadeIsShownToAdminsAloneAndIsTheSameAfterARestart() throws Exception {
    try (MasterProcess first = start(Map.of())) {
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
    try (MasterProcess master = start(Map.of("security", security))) {
      assertEquals("schlüssel-鍵", key(master.admin()));
      webhook(master.admin());
      master.admin().experiment("entrypoint: exit 0\n");
      Received received = receiver.await(1, SOON).get(0);
      assertTrue(Signatures.verifies(received, received.body(), "schlüssel-鍵"));
    }
  }

  @Test
  void aCompletedExperimentArrivesAsDocumentedAndOnlyTheTrueBodyAndKeyVerify() throws Exception {
    try (MasterProcess master = start(Map.of())) {
      Api admin = master.admin();
      webhook(admin);
      admin.experiment("name: größe 🎉 </script>\nentrypoint: exit 0\n");

      Received received = receiver.await(1, SOON).get(0);

      JsonNode arrived = new ObjectMapper().readTree(received.body());
      JsonNode documented =
          new ObjectMapper()
              .readTree(getClass().getResource("/contract/experiment-completed.json"));
      assertEquals(shape("", documented), shape("", arrived));
      assertEquals("größe 🎉 </script>", arrived.at("/event_data/experiment/name").asText());
      assertEquals("experiment_completed", arrived.get("event_type").asText());
      assertEquals("application/json; charset=UTF-8", received.headers().getFirst("Content-Type"));
      String key = key(admin);
      assertTrue(Signatures.verifies(received, received.body(), key));
      byte[] tampered = received.body().clone();
      tampered[tampered.length / 2] ^= 1;
      assertFalse(Signatures.verifies(received, tampered, key));
      assertFalse(Signatures.verifies(received, received.body(), key + "0"));
    }
  }

  @Test
  void whatFailedIsTriedAgainAndItsAttemptsAreListed() throws Exception {
    Map<String, Object> webhooks = Map.of("retry_schedule", List.of("100ms"));
    try (MasterProcess master = start(Map.of("webhooks", webhooks))) {
      Api admin = master.admin();
      webhook(admin);
      receiver.answer(
          request ->
              new WebhookReceiver.Answer(
                  receiver.received().size() == 1 ? 500 : 200,
                  Map.of(),
                  "what I think of it",
                  Duration.ZERO));
      admin.experiment("entrypoint: exit 1\n");

      List<Received> received = receiver.await(2, SOON);

      assertEquals(eventId(received.get(0)), eventId(received.get(1)));
      Wait.until(
          "it is recorded",
          SOON,
          () ->
              admin
                  .get("/api/v1/webhooks/1/deliveries?state=DELIVERED")
                  .ok()
                  .at("/deliveries/0")
                  .has("id"));
      JsonNode attempts =
          admin.get("/api/v1/webhooks/1/deliveries/1").ok().at("/delivery/attemptLog");
      assertEquals(500, attempts.at("/0/status").asInt());
      assertEquals("what I think of it", attempts.at("/0/response").asText());
      assertEquals(200, attempts.at("/1/status").asInt());

      admin.post("/api/v1/webhooks/1/deliveries/1/redeliver", "").ok();
      assertEquals(eventId(received.get(0)), eventId(receiver.await(3, SOON).get(2)));
    }
  }

  @Test
  void aRotatedKeySignsFromThenOn() throws Exception {
    try (MasterProcess master = start(Map.of())) {
      Api admin = master.admin();
      String old = key(admin);
      String rotate = CONFIG + "/webhook_signing_key/rotate";
      assertEquals(401, master.api().post(rotate, "").status());
      assertEquals(
          403, master.api().login("determined", MasterProcess.PASSWORD).post(rotate, "").status());
      admin.post(rotate, "").ok();

      String now = key(admin);
      assertNotEquals(old, now);
      webhook(admin);
      admin.post("/api/v1/webhooks/1/test", "").ok();
      Received received = receiver.await(1, SOON).get(0);
      assertTrue(Signatures.verifies(received, received.body(), now));
      assertEquals(2, received.headers().getFirst("webhook-signature").split(" ").length);
    }
  }

  @Test
  void aWrongSettingStopsThePluginInOneLineThatNamesItAndTheMasterRunsOn() throws Exception {
    try (MasterProcess master = start(Map.of("webhooks", Map.of("max_in_flihgt", 3)))) {
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
    try (MasterProcess master = start(Map.of("webhooks", asShipped))) {
      Api admin = master.admin();
      for (String host : List.of("127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433")) {
        String url = "http://" + host + ":" + receiver.port() + SECRET_PATH;
        Api.Answer refused = admin.post("/api/v1/webhooks", webhookFor(url));
        assertEquals(400, refused.status(), host);
        assertTrue(refused.error().startsWith("url"), refused.error());
        assertFalse(refused.error().contains(SECRET_PATH), refused.error());
      }
      assertEquals(List.of(), receiver.received());
    }
  }

  @Test
  void whateverIsSentItIsAnsweredWithAClear4xxAndTheMasterRunsOn() throws Exception {
    try (MasterProcess master = start(Map.of())) {
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
      webhook(admin);
      admin.post("/api/v1/webhooks/1/test", "").ok();
    }
  }

  /** Returns every path in a document, in order, with the type of its value. */
  private static List<String> shape(String path, JsonNode node) {
    List<String> shape = new ArrayList<>();
    shape.add(path + " " + node.getNodeType());
    node.fields()
        .forEachRemaining(
            field -> shape.addAll(shape(path + "/" + field.getKey(), field.getValue())));
    return shape;
  }

  private MasterProcess start(Map<String, Object> more) throws IOException {
    return MasterProcess.start(directory, more);
  }

  private void webhook(Api admin) {
    admin.post("/api/v1/webhooks", webhookFor(receiver.url(SECRET_PATH).toString())).ok();
  }

  private static Map<String, Object> webhookFor(String url) {
    return Map.of(
        "url",
        url,
        "webhookType",
        "WEBHOOK_TYPE_DEFAULT",
        "triggers",
        Stream.of("COMPLETED", "ERROR")
            .map(
                state ->
                    Map.of(
                        "triggerType",
                        "TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE",
                        "condition",
                        Map.of("state", state)))
            .toList());
  }

  private static String key(Api admin) {
    return admin.get(CONFIG).ok().at("/config/security/webhook_signing_key").asText();
  }

  private static String eventId(Received received) throws IOException {
    return new ObjectMapper().readTree(received.body()).get("event_id").asText();
  }
}

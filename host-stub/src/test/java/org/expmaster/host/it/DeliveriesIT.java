package org.expmaster.host.it;

import static org.expmaster.host.it.PackagedPlugin.SOON;
import static org.expmaster.host.it.PackagedPlugin.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

/** What arrives at a receiver, and what is recorded of it. */
final class DeliveriesIT {
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
  void aCompletedExperimentArrivesAsDocumentedAndOnlyTheTrueBodyAndKeyVerify() throws Exception {
    try (MasterProcess master = plugin.start(Map.of())) {
      Api admin = master.admin();
      plugin.webhook(admin);
      admin.experiment("name: größe 🎉 </script>\nentrypoint: exit 0\n");

      Received received = plugin.receiver.await(1, SOON).get(0);

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
    try (MasterProcess master = plugin.start(Map.of("webhooks", webhooks))) {
      Api admin = master.admin();
      plugin.webhook(admin);
      plugin.receiver.answer(
          request ->
              new WebhookReceiver.Answer(
                  plugin.receiver.received().size() == 1 ? 500 : 200,
                  Map.of(),
                  "what I think of it",
                  Duration.ZERO));
      admin.experiment("entrypoint: exit 1\n");

      List<Received> received = plugin.receiver.await(2, SOON);

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
      assertEquals(eventId(received.get(0)), eventId(plugin.receiver.await(3, SOON).get(2)));
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

  private static String eventId(Received received) throws IOException {
    return new ObjectMapper().readTree(received.body()).get("event_id").asText();
  }
}

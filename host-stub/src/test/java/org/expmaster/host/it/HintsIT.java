package org.expmaster.host.it;

import static org.expmaster.host.it.PackagedPlugin.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.MasterProcess;
import org.expmaster.host.testing.Wait;
import org.expmaster.host.testing.WebhookReceiver.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people read of a delivery that failed, and of a test: what it means, and what to do. */
final class HintsIT {
  private static final String ALL = "/api/v1/webhooks";

  @TempDir private Path directory;
  private PackagedPlugin plugin;

  /** A service's answer, and how what is said of it begins. */
  private record Service(String type, int status, String response, String hint) {}

  private static final List<Service> SERVICES =
      List.of(
          new Service("SLACK", 404, "no_service", "Slack has no such webhook"),
          new Service("SLACK", 400, "invalid_blocks", "Slack does not accept the message's blocks"),
          new Service(
              "SLACK",
              400,
              "{\"id\":\"web.incoming_webhook.invalid.app_error\",\"message\":\"Invalid webhook\"}",
              "Mattermost has no such webhook"),
          new Service(
              "MSTEAMS",
              400,
              "{\"error\":{\"code\":\"WorkflowTriggerIsNotEnabled\",\"message\":\"off\"}}",
              "The workflow is turned off"),
          new Service(
              "DISCORD",
              404,
              "{\"message\": \"Unknown Webhook\", \"code\": 10015}",
              "Discord has no such webhook"),
          new Service(
              "DEFAULT",
              400,
              "{\"message\": \"Cannot send an empty message\", \"code\": 50006}",
              "The receiver did not understand the payload"),
          new Service("DEFAULT", 308, "", "The receiver has another URL for good"),
          new Service("DEFAULT", 410, "s3cret", "The receiver says that the URL is gone for good"));

  @BeforeEach
  void listen() throws IOException {
    plugin = new PackagedPlugin(directory);
    plugin.receiver.answer(
        request -> {
          Service service = SERVICES.get(Integer.parseInt(request.path().substring(1)));
          return new Answer(
              service.status(),
              Map.of("Location", "https://elsewhere.example/s3cret"),
              service.response(),
              Duration.ZERO);
        });
  }

  @AfterEach
  void close() {
    plugin.close();
  }

  @Test
  void aTestAndAnAttemptSayTheSameAndNothingThatTheReceiverSaid() throws Exception {
    try (MasterProcess master = plugin.start(Map.of())) {
      Api admin = master.admin();
      SERVICES.forEach(service -> create(admin, service));
      admin.experiment("entrypoint: exit 0\n");
      for (int i = 0; i < SERVICES.size(); i++) {
        String webhook = ALL + "/" + (i + 1);
        JsonNode attempt = attempt(admin, webhook);
        String hint = attempt.path("hint").asText();
        assertTrue(hint.startsWith(SERVICES.get(i).hint()), hint);
        assertFalse(hint.contains("s3cret"), hint);

        Api.Answer tested = admin.post(webhook + "/test", "");
        assertEquals(400, tested.status());
        assertEquals(3, tested.json().at("/error/code").asInt());
        assertTrue(tested.error().endsWith(" ms. " + hint), tested.error());
        assertTrue(tested.error().contains(attempt.path("problem").asText()), tested.error());
        assertFalse(tested.error().contains("s3cret"), tested.error());
        assertEquals(
            hint, admin.post(webhook + "/test?report=true", "").ok().path("hint").asText());
      }
    }
  }

  @Test
  void aReceiverThatIsNotThereIsExplainedAsWell() throws Exception {
    try (MasterProcess master = plugin.start(Map.of())) {
      Api admin = master.admin();
      String url = plugin.receiver.url("/0").toString();
      plugin.receiver.close();
      admin.post(ALL, PackagedPlugin.webhookFor(url)).ok();
      admin.experiment("entrypoint: exit 0\n");
      JsonNode attempt = attempt(admin, ALL + "/1");
      assertEquals("the connection was refused", attempt.path("problem").asText());
      assertTrue(attempt.path("hint").asText().contains("nothing listens on the port"));
    }
  }

  private void create(Api admin, Service service) {
    String url = plugin.receiver.url("/" + SERVICES.indexOf(service)).toString();
    String id = admin.post(ALL, PackagedPlugin.webhookFor(url)).ok().at("/webhook/id").asText();
    admin.patch(ALL + "/" + id, Map.of("format", service.type())).ok();
  }

  private static JsonNode attempt(Api admin, String webhook) throws Exception {
    Wait.until("an attempt of " + webhook, SOON, () -> !first(admin, webhook).isMissingNode());
    return first(admin, webhook);
  }

  private static JsonNode first(Api admin, String webhook) {
    String id = admin.get(webhook + "/deliveries").ok().at("/deliveries/0/id").asText();
    return id.isEmpty()
        ? MissingNode.getInstance()
        : admin.get(webhook + "/deliveries/" + id).ok().at("/delivery/attemptLog/0");
  }
}

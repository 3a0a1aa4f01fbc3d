package org.expmaster.host.it;

import static org.expmaster.host.it.PackagedPlugin.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.MasterProcess;
import org.expmaster.host.testing.WebhookReceiver;
import org.expmaster.host.testing.WebhookReceiver.Received;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Determined's own Python client and command line, unmodified, against the packaged jars. */
@Tag("any-jdk")
final class OriginalClientIT {
  private static final Pattern CREATED = Pattern.compile("Created experiment (\\d+)");

  @TempDir private Path directory;

  @BeforeAll
  static void install() throws Exception {
    OriginalClient.install();
  }

  @Test
  void itsBindingsReadEveryWebhookAndNoAnswerHoldsAValueOutsideItsEnums() throws Exception {
    try (WebhookReceiver receiver = WebhookReceiver.start();
        MasterProcess master = MasterProcess.start(directory, Map.of())) {
      OriginalClient client = OriginalClient.of(master, directory);
      client.det("experiment", "create", config("exit 0").toString(), ".").ok();
      client.det("experiment", "create", "--paused", config("exit 0").toString(), ".").ok();
      String said = client.script("webhooks.py", receiver.url("/hook").toString()).ok();
      assertTrue(said.contains("every check holds"), said);
    }
  }

  @Test
  void itsCommandLineDoesWhatAUserOfWebhooksDoes() throws Exception {
    try (WebhookReceiver receiver = WebhookReceiver.start();
        MasterProcess master = MasterProcess.start(directory, Map.of())) {
      OriginalClient client = OriginalClient.of(master, directory);
      assertTrue(client.det("master", "config").ok().contains("webhook_signing_key"));
      client.det("workspace", "create", "ws").ok();
      assertTrue(client.det("workspace", "list").ok().contains("ws"));
      client.det("project", "create", "ws", "p").ok();
      createWebhooks(master.admin(), receiver);

      String succeeds = config("sleep 1 && exit 0").toString();
      long followed = created(client.det("experiment", "create", "-f", succeeds, "."));
      assertEquals("STATE_COMPLETED", master.admin().experimentState(followed));
      long inProject =
          created(client.det("experiment", "create", succeeds, ".", "--project_id", "2"));
      client.det("experiment", "wait", "" + inProject).ok();
      long fails = created(client.det("experiment", "create", config("exit 3").toString(), "."));
      assertEquals(1, client.det("experiment", "wait", "" + fails).code(), "as it says of errors");
      client.det("experiment", "create", "--test", succeeds, ".").ok();

      assertTrue(client.det("experiment", "list").ok().contains("ERROR"));
      client.det("experiment", "describe", "" + fails).ok();
      client.det("experiment", "logs", "" + fails).ok();
      client.det("experiment", "move", "" + fails, "ws", "p").ok();
      assertTrue(client.det("project", "list-experiments", "ws", "p").ok().contains("ERROR"));
      client.det("command", "run", "--detach", "true").ok();
      client.det("workspace", "delete", "ws", "--yes").ok();
      assertFalse(client.det("workspace", "list").ok().contains("ws"));
      receiver.await(4, SOON);
    }
  }

  @Test
  void itsTrainingCodeIsEndedByNoAlertAndEveryOneArrives() throws Exception {
    try (WebhookReceiver receiver = WebhookReceiver.start();
        MasterProcess master = MasterProcess.start(directory, Map.of("jobs", "external"))) {
      OriginalClient client = OriginalClient.of(master, directory);
      createWebhooks(master.admin(), receiver);
      Path code = Files.createDirectory(directory.resolve("code"));
      Files.copy(OriginalClient.SCRIPTS.resolve("train.py"), code.resolve("train.py"));
      Path config = config("python3 train.py");
      try (AutoCloseable agent = client.agent(code)) {
        String named = "integrations.webhooks.webhook_name=['alerts']";
        String[] create = {"experiment", "create", "-f", config.toString(), ".", "--config", named};
        String output = client.det(create).ok();
        assertTrue(output.contains("end of training"), output);
        long id = created(new OriginalClient.Ended(0, output));
        client.det("experiment", "wait", "" + id).ok();
      }
      List<JsonNode> alerts = events(receiver.await(12, SOON), "custom");
      assertEquals(9, alerts.size());
      assertTrue(alerts.stream().anyMatch(alert -> title(alert).equals("plain")));
      assertTrue(alerts.stream().allMatch(alert -> title(alert).length() <= 1_000));
      for (String type : List.of("experiment_completed", "task_log", "metric_threshold")) {
        assertEquals(1, events(receiver.received(), type).size(), type);
      }
    }
  }

  private Path config(String entrypoint) throws IOException {
    Path file = Files.createTempFile(directory, "config", ".yaml");
    String searcher = "searcher: {name: single, metric: acc, max_length: {batches: 1}}\n";
    return Files.writeString(file, "name: it\nentrypoint: " + entrypoint + "\n" + searcher);
  }

  private static void createWebhooks(Api admin, WebhookReceiver receiver) {
    String url = receiver.url("/hook").toString();
    admin.post("/api/v1/webhooks", PackagedPlugin.webhookFor(url)).ok();
    create(admin, url, "TASK_LOG", "{\"regex\": \"a CUDA\"}", "WORKSPACE");
    create(
        admin,
        url,
        "METRIC_THRESHOLD_EXCEEDED",
        "{\"metric\": \"acc\", \"operator\": \">\", \"value\": 0.9}",
        "WORKSPACE");
    create(admin, url, "CUSTOM", "{}", "SPECIFIC");
  }

  private static void create(Api admin, String url, String trigger, String condition, String mode) {
    admin
        .post(
            "/api/v1/webhooks",
            """
            {"url": "%s", "name": "alerts", "webhookType": "WEBHOOK_TYPE_DEFAULT",
             "mode": "WEBHOOK_MODE_%s",
             "triggers": [{"triggerType": "TRIGGER_TYPE_%s", "condition": %s}]}
            """
                .formatted(url, mode, trigger, condition))
        .ok();
  }

  private static long created(OriginalClient.Ended ended) {
    Matcher matcher = CREATED.matcher(ended.ok());
    assertTrue(matcher.find(), ended.output());
    return Long.parseLong(matcher.group(1));
  }

  private static String title(JsonNode alert) {
    return alert.at("/event_data/custom_data/title").asText();
  }

  private static List<JsonNode> events(List<Received> received, String type) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (Received each : received) {
      JsonNode event = new ObjectMapper().readTree(each.body());
      if (event.path("event_type").asText().equals(type)) {
        events.add(event);
      }
    }
    return events;
  }
}

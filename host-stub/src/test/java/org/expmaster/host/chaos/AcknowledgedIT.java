package org.expmaster.host.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.Wait;
import org.expmaster.host.testing.WebhookReceiver;
import org.expmaster.host.testing.WebhookReceiver.Answer;
import org.expmaster.host.testing.WebhookReceiver.Received;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kills a master as soon as it has acknowledged a log line, an alert or a metric. */
final class AcknowledgedIT {
  private static final int KILLS = 3;
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  @ParameterizedTest
  @EnumSource
  void aMatchAnAlertAndACrossedThresholdSurviveTheKillRightAfter(ChaosDatabase.Kind kind)
      throws Exception {
    ChaosDatabase database = kind.create(directory);
    try (WebhookReceiver receiver = WebhookReceiver.start();
        Fleet fleet =
            Fleet.start(1, directory, database, Map.of("retry_schedule", many("100ms")))) {
      // no delivery succeeds before the kill, so what arrives has survived it
      receiver.answer(request -> Answer.status(503));
      long webhook = subscribe(fleet.admin(0), receiver);
      TreeSet<String> owed = new TreeSet<>();
      for (int kill = 1; kill <= KILLS; kill++) {
        Api api = fleet.admin(0);
        long experiment = api.experiment(config(webhook));
        String task = task(api, experiment);
        switch (kill) {
          case 1 -> log(api, task);
          case 2 -> alert(api, experiment);
          default -> metric(api, experiment);
        }
        fleet.kill(fleet.member(0));
        owed.add(List.of("task_log", "custom", "metric_threshold").get(kill - 1) + experiment);
        fleet.member(0).launch();
        fleet.member(0).awaitUp();
      }
      receiver.answer(request -> Answer.status(200));
      int before = receiver.received().size();
      Wait.until(
          () -> owed + ", where there are " + told(receiver, before),
          SOON,
          () -> told(receiver, before).containsAll(owed));
      // the record that these triggers have fired must survive as well
      for (String each : owed) {
        if (each.startsWith("task_log")) {
          Api api = fleet.admin(0);
          log(api, task(api, Long.parseLong(each.substring("task_log".length()))));
        }
      }
      assertEquals(List.of(), waiting(fleet.admin(0), webhook, owed.size()));
    }
  }

  /** Returns an empty list if there are as many deliveries as owed; otherwise all their types. */
  private static List<String> waiting(Api api, long webhook, int owed) {
    JsonNode all = api.get("/api/v1/webhooks/" + webhook + "/deliveries").ok().get("deliveries");
    List<String> found = all.findValuesAsText("eventType");
    return found.size() == owed ? List.of() : found;
  }

  private static List<String> many(String pause) {
    List<String> schedule = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      schedule.add(pause);
    }
    return schedule;
  }

  private static long subscribe(Api api, WebhookReceiver receiver) throws IOException {
    String triggers =
        """
        [{"triggerType": "TRIGGER_TYPE_TASK_LOG", "condition": {"regex": "CUDA (error|fault)"}},
         {"triggerType": "TRIGGER_TYPE_CUSTOM"},
         {"triggerType": "TRIGGER_TYPE_METRIC_THRESHOLD_EXCEEDED",
          "condition": {"metric": "acc", "operator": ">=", "value": 0.9}}]
        """;
    return api.post(
            "/api/v1/webhooks",
            Map.of(
                "url",
                receiver.url("/hook").toString(),
                "webhookType",
                "WEBHOOK_TYPE_DEFAULT",
                "mode",
                "WEBHOOK_MODE_SPECIFIC",
                "triggers",
                JSON.readValue(triggers, List.class)))
        .ok()
        .at("/webhook/id")
        .asLong();
  }

  private static String config(long webhook) {
    return """
    entrypoint: sleep 600 && exit 0
    integrations: {webhooks: {webhook_id: [%d]}}
    """
        .formatted(webhook);
  }

  private static String task(Api api, long experiment) {
    return api.get("/api/v1/experiments/" + experiment + "/trials")
        .ok()
        .at("/trials/0/taskId")
        .asText();
  }

  private static void log(Api api, String task) {
    List<Map<String, String>> lines =
        List.of(
            Map.of("taskId", task, "log", "all is well"),
            Map.of("taskId", task, "log", "a CUDA error", "agentId", "node-1"));
    api.post("/api/v1/task/logs", Map.of("logs", lines)).ok();
  }

  private static void alert(Api api, long experiment) {
    Map<String, String> data = Map.of("title", "t", "description", "d", "level", "LOG_LEVEL_ERROR");
    api.post("/api/v1/webhooks/custom", Map.of("data", data, "experimentId", experiment)).ok();
  }

  private static void metric(Api api, long trial) {
    Map<String, ?> metrics =
        Map.of(
            "trialId",
            trial,
            "trialRunId",
            0,
            "stepsCompleted",
            10,
            "metrics",
            Map.of("avgMetrics", Map.of("acc", 0.95)));
    api.post(
            "/api/v1/trials/" + trial + "/metrics",
            Map.of("group", "validation", "metrics", metrics))
        .ok();
  }

  /** Returns each event's type, followed by its experiment's id. */
  private static List<String> told(WebhookReceiver receiver, int from) {
    List<String> told = new ArrayList<>();
    for (Received received : receiver.received().subList(from, receiver.received().size())) {
      try {
        JsonNode event = JSON.readTree(received.body());
        told.add(event.get("event_type").asText() + event.at("/event_data/experiment/id").asText());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return told;
  }
}

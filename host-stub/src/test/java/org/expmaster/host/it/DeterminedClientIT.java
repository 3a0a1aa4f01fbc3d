package org.expmaster.host.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.MasterProcess;
import org.expmaster.host.testing.Wait;
import org.expmaster.host.testing.WebhookReceiver;
import org.expmaster.host.testing.WebhookReceiver.Received;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The requests of Determined's Python client 0.38.1, as recorded: without a Content-Type, with
 * nulls, and without a condition if there is none.
 */
final class DeterminedClientIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  @Test
  void everyRequestOfTheClientIsAnsweredAndEveryTriggerFires() throws Exception {
    try (WebhookReceiver receiver = WebhookReceiver.start();
        MasterProcess master = MasterProcess.start(directory, Map.of())) {
      Api client = master.admin();
      assertRequired(
          post(
                  client,
                  "users",
                  "{'user': {'active': true, 'admin': false, 'username': 'ann'},"
                      + " 'isHashed': true, 'password': 'fd1f5c'}")
              .get("user"),
          List.of("active", "admin", "username"));
      JsonNode workspace = post(client, "workspaces", "{'name': 'ws'}").get("workspace");
      long workspaceId = workspace.get("id").asLong();
      long project =
          post(
                  client,
                  "workspaces/" + workspaceId + "/projects",
                  "{'name': 'p', 'workspaceId': " + workspaceId + "}")
              .at("/project/id")
              .asLong();

      webhooks(client, receiver.url("/hook").toString(), workspaceId);
      assertTrue(post(client, "webhooks/1/test", "").get("completed").asBoolean());

      long experiment = experiment(client, project);
      report(client, experiment);
      Wait.until(
          "the experiment has completed",
          SOON,
          () -> client.experimentState(experiment).equals("STATE_COMPLETED"));

      List<Received> received = receiver.await(5, SOON);
      assertEquals(
          new TreeSet<>(List.of("custom", "experiment_completed", "metric_threshold", "task_log")),
          types(received));
    }
  }

  private static void webhooks(Api client, String url, long workspace) throws IOException {
    String states =
        "{'condition': {'state': 'COMPLETED'},"
            + " 'triggerType': 'TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE'}";
    String logs = "{'condition': {'regex': 'CUDA'}, 'triggerType': 'TRIGGER_TYPE_TASK_LOG'}";
    String alerts = "{'triggerType': 'TRIGGER_TYPE_CUSTOM'}";
    String metrics =
        "{'condition': {'metric': 'acc', 'operator': '>=', 'value': 0.9},"
            + " 'trigger_type': 'TRIGGER_TYPE_METRIC_THRESHOLD_EXCEEDED'}";
    String form =
        "{'mode': 'WEBHOOK_MODE_%s', 'name': '%s', 'url': '%s',"
            + " 'webhookType': 'WEBHOOK_TYPE_DEFAULT', 'triggers': [%s], 'workspaceId': %s}";
    post(client, "webhooks", form.formatted("WORKSPACE", "states", url, states, null));
    post(client, "webhooks", form.formatted("WORKSPACE", "logs", url, logs, null));
    JsonNode made =
        post(client, "webhooks", form.formatted("SPECIFIC", "alerts", url, alerts, null));
    assertEquals("{}", made.at("/webhook/triggers/0/condition").toString());
    post(client, "webhooks", form.formatted("WORKSPACE", "metrics", url, metrics, workspace));
    JsonNode all = client.get("/api/v1/webhooks").ok().get("webhooks");
    for (JsonNode webhook : all) {
      assertRequired(
          webhook, List.of("id", "mode", "name", "triggers", "url", "webhookType", "workspaceId"));
      assertRequired(
          webhook.at("/triggers/0"), List.of("condition", "id", "triggerType", "webhookId"));
    }
  }

  private static long experiment(Api client, long project) throws IOException {
    JsonNode made =
        post(
            client,
            "experiments",
            "{'activate': true, 'config': 'entrypoint: sleep 3 && exit 0\\n"
                + "integrations: {webhooks: {webhook_name: [alerts]}}\\n',"
                + " 'modelDefinition': [], 'projectId': "
                + project
                + ", 'template': null}");
    return made.at("/experiment/id").asLong();
  }

  /** Sends what a trial's code sends: a line, a line via the log shipper, metrics, an alert. */
  private static void report(Api client, long experiment) throws IOException {
    JsonNode trials =
        client
            .get(
                "/api/v1/experiments/"
                    + experiment
                    + "/trials?offset=0&orderBy=ORDER_BY_ASC&sortBy=SORT_BY_ID")
            .ok();
    String task = trials.at("/trials/0/taskId").asText();
    post(
        client,
        "task/logs",
        "{'logs': [{'log': 'a CUDA error', 'taskId': '%s', 'agentId': 'node-1',".formatted(task)
            + " 'level': 'LOG_LEVEL_ERROR', 'timestamp': '2026-03-01T12:00:00.123456Z'}]}");
    send(
            client,
            "/task-logs",
            "[{'task_id': '%s', 'timestamp': '2026-03-01T12:00:00.123456+00:00',".formatted(task)
                + " 'log': 'another CUDA error\\n'}]")
        .ok();
    post(
        client,
        "trials/" + trials.at("/trials/0/id") + "/metrics",
        "{'group': 'validation', 'metrics': {'metrics': {'avgMetrics': {'acc': 0.95}},"
            + " 'trialId': 1, 'trialRunId': 0, 'stepsCompleted': 10}}");
    post(
        client,
        "webhooks/custom",
        "{'data': {'description': 'd', 'level': 'LOG_LEVEL_WARNING', 'title': 't'},"
            + " 'experimentId': %d, 'trialId': %d}".formatted(experiment, experiment));
  }

  private static JsonNode post(Api client, String path, String body) throws IOException {
    return send(client, "/api/v1/" + path, body).ok();
  }

  /** Sends the recorded body, written here with ' for ", and no header but the token. */
  private static Api.Answer send(Api client, String path, String body) {
    return client.send(client.request("POST", path, body.replace('\'', '"')));
  }

  private static void assertRequired(JsonNode json, List<String> fields) {
    for (String field : fields) {
      assertTrue(json.has(field), field + " in " + json);
    }
  }

  private static TreeSet<String> types(List<Received> received) throws IOException {
    TreeSet<String> types = new TreeSet<>();
    for (Received each : received) {
      types.add(JSON.readTree(each.body()).get("event_type").asText());
    }
    return types;
  }
}

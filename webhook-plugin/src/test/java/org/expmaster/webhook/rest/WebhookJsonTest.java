package org.expmaster.webhook.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.expmaster.plugin.http.Response;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.webhook.health.Health;
import org.expmaster.webhook.registry.Comparison;
import org.expmaster.webhook.registry.Endpoint;
import org.expmaster.webhook.registry.PayloadForm;
import org.expmaster.webhook.registry.Trigger.Custom;
import org.expmaster.webhook.registry.Trigger.MetricThreshold;
import org.expmaster.webhook.registry.Trigger.StateChange;
import org.expmaster.webhook.registry.Trigger.TaskLog;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.Webhook.LastEdit;
import org.expmaster.webhook.registry.Webhook.StoredTrigger;
import org.expmaster.webhook.registry.WebhookMode;
import org.expmaster.webhook.registry.WebhookType;
import org.expmaster.webhook.signing.WebhookSecrets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class WebhookJsonTest {
  private static final Webhook PLAIN =
      new Webhook(
          17,
          1,
          "",
          Endpoint.at("https://receiver.example/hook"),
          PayloadForm.DEFAULT,
          WebhookMode.WORKSPACE,
          OptionalLong.empty(),
          List.of(new StoredTrigger(3, new StateChange(ExperimentState.COMPLETED))),
          WebhookSecrets.NONE);

  private static final Webhook FULL =
      new Webhook(
          5_000_000_000L,
          6_000_000_000L,
          "a \"b\" é/🎉",
          Endpoint.at("http://receiver.example/?a=1&b=2"),
          new PayloadForm(WebhookType.DEFAULT, 2, "{{url}}"),
          WebhookMode.SPECIFIC,
          OptionalLong.of(8),
          List.of(
              new StoredTrigger(4, new StateChange(ExperimentState.COMPLETED)),
              new StoredTrigger(5, new StateChange(ExperimentState.ERROR))),
          WebhookSecrets.NONE,
          Optional.of(new LastEdit("ann", Instant.parse("2026-03-01T11:00:00Z"))));

  private static final String PLAIN_JSON =
      """
      {"id":17,"url":"https://receiver.example/hook","headers":[],\
      "triggers":[{"id":3,"triggerType":"TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE",\
      "condition":{"state":"COMPLETED"},"webhookId":17}],\
      "webhookType":"WEBHOOK_TYPE_DEFAULT","format":"DEFAULT","name":"","workspaceId":0,\
      "mode":"WEBHOOK_MODE_WORKSPACE","payloadVersion":0,"template":"","version":1,\
      "updatedBy":null,"updatedAt":null,\
      "health":{"failingSince":null,"pausedUntil":null,"disabledAt":null,"reason":""}}""";

  @Test
  void everyFieldIsWrittenEvenWhereItSaysNothing() {
    assertWrites(PLAIN_JSON, WebhookJson.of(PLAIN, Health.WELL));
  }

  @Test
  void everyValueIsTheWebhooksOwn() {
    Instant noon = Instant.parse("2026-03-01T12:00:00Z");
    assertWrites(
        """
        {"id":5000000000,"url":"http://receiver.example/?a=1&b=2","headers":[],\
        "triggers":[{"id":4,"triggerType":"TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE",\
        "condition":{"state":"COMPLETED"},"webhookId":5000000000},\
        {"id":5,"triggerType":"TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE",\
        "condition":{"state":"ERROR"},"webhookId":5000000000}],\
        "webhookType":"WEBHOOK_TYPE_DEFAULT","format":"DEFAULT","name":"a \\"b\\" é/🎉","workspaceId":8,\
        "mode":"WEBHOOK_MODE_SPECIFIC","payloadVersion":2,"template":"{{url}}",\
        "version":6000000000,"updatedBy":"ann","updatedAt":"2026-03-01T11:00:00Z",\
        "health":{"failingSince":"2026-03-01T12:00:00Z","pausedUntil":"2026-03-01T12:05:00Z",\
        "disabledAt":null,"reason":"the receiver answered 500"}}""",
        WebhookJson.of(
            FULL,
            new Health(
                Optional.of(noon),
                Optional.of(noon.plusSeconds(300)),
                Optional.empty(),
                "the receiver answered 500")));
  }

  @Test
  void everyTriggerIsWrittenWithItsCondition() {
    Webhook webhook =
        new Webhook(
            1,
            1,
            "",
            Endpoint.at("http://receiver.example"),
            PayloadForm.DEFAULT,
            WebhookMode.SPECIFIC,
            OptionalLong.empty(),
            List.of(
                new StoredTrigger(2, new TaskLog("a\\d+")),
                new StoredTrigger(3, new Custom()),
                new StoredTrigger(4, new MetricThreshold("acc", Comparison.AT_LEAST, 0.5))),
            WebhookSecrets.NONE);
    assertWrites(
        """
        [{"id":2,"triggerType":"TRIGGER_TYPE_TASK_LOG","condition":{"regex":"a\\\\d+"},\
        "webhookId":1},\
        {"id":3,"triggerType":"TRIGGER_TYPE_CUSTOM","condition":{},"webhookId":1},\
        {"id":4,"triggerType":"TRIGGER_TYPE_METRIC_THRESHOLD_EXCEEDED",\
        "condition":{"metric":"acc","operator":">=","value":0.5},"webhookId":1}]""",
        WebhookJson.of(webhook, Health.WELL).get("triggers"));
  }

  private static void assertWrites(String document, JsonNode node) {
    Response response = Json.response(node);
    assertEquals(200, response.status());
    assertEquals("application/json; charset=UTF-8", response.headers().get("Content-Type"));
    assertEquals(document, new String(response.body(), UTF_8));
  }
}

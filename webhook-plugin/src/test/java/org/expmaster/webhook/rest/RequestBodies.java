package org.expmaster.webhook.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.ApiException.Reason;
import org.expmaster.webhook.registry.WebhookDraft;

/** Bodies that ask for webhooks, and what is read from them. */
final class RequestBodies {
  static final String URL = "\"url\": \"https://receiver.example/hook\"";
  static final String TYPE = "\"webhookType\": \"WEBHOOK_TYPE_DEFAULT\"";

  static final String TRIGGERS =
      "\"triggers\": [{\"triggerType\": \"TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE\","
          + " \"condition\": {\"state\": \"COMPLETED\"}}]";

  private RequestBodies() {}

  /** Returns a webhook that has every required field, and more. */
  static String complete(String more) {
    return "{" + URL + ", " + TYPE + ", " + TRIGGERS + more + "}";
  }

  static String withTriggers(String... triggers) {
    return "{" + URL + "," + TYPE + ",\"triggers\": [" + String.join(",", triggers) + "]}";
  }

  static String stateChange(String condition) {
    return "{\"triggerType\": \"TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE\", \"condition\": "
        + condition
        + "}";
  }

  static String taskLog(String condition) {
    return "{\"triggerType\": \"TRIGGER_TYPE_TASK_LOG\", \"condition\": " + condition + "}";
  }

  static String threshold(String condition) {
    return "{\"triggerType\": \"TRIGGER_TYPE_METRIC_THRESHOLD_EXCEEDED\", \"condition\": "
        + condition
        + "}";
  }

  static String withUrl(String url) {
    String escaped =
        url.replace("\\", "\\\\")
            .replace("\r", "\\r")
            .replace("\n", "\\n")
            .replace("\u0000", "\\u0000");
    return "{" + TYPE + ", " + TRIGGERS + ", \"url\": \"" + escaped + "\"}";
  }

  static WebhookDraft checkUrl(String url) {
    return check(withUrl(url));
  }

  static WebhookDraft check(String body) {
    return check(body.getBytes(UTF_8));
  }

  static WebhookDraft check(byte[] body) {
    return read(body).check();
  }

  static RequestedWebhook read(byte[] body) {
    return new RequestedWebhook(Json.object(body, "the webhook itself"));
  }

  static ApiException assertInvalid(String body) {
    return assertInvalid(body.getBytes(UTF_8));
  }

  static ApiException assertInvalid(byte[] body) {
    ApiException refused = assertThrows(ApiException.class, () -> check(body));
    assertEquals(Reason.INVALID_ARGUMENT, refused.reason());
    return refused;
  }

  /** Checks that what was refused begins with the name of the field. */
  static void assertNames(String field, ApiException refused) {
    assertTrue(
        refused.getMessage().startsWith(field + " ")
            || refused.getMessage().startsWith(field + "."),
        refused.getMessage());
  }
}

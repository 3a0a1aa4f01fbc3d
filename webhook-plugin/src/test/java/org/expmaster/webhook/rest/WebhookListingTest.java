package org.expmaster.webhook.rest;

import static org.expmaster.webhook.rest.RestFixture.ADMIN;
import static org.expmaster.webhook.rest.RestFixture.ANN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.ApiException.Reason;
import org.expmaster.plugin.http.Caller;
import org.expmaster.plugin.http.Response;
import org.expmaster.webhook.health.Ending;
import org.expmaster.webhook.http.Outcome;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Checks what the list contains for a page besides the webhooks themselves. */
class WebhookListingTest extends RestOnSqlite {
  private static final String ALL = "/api/v1/webhooks";

  @Test
  void aListSaysWhatTheCallerMayEditAndWhereTheyMayCreate() throws Exception {
    create(ADMIN, 0);
    create(ADMIN, 3);
    JsonNode anns = list(ANN);
    assertFalse(anns.at("/webhooks/0/mayEdit").booleanValue());
    assertTrue(anns.at("/webhooks/1/mayEdit").booleanValue());
    assertFalse(anns.path("mayCreateForAll").booleanValue());
    assertEquals(
        "[{\"id\":3,\"name\":\"workspace 3\",\"mayCreate\":true}]",
        anns.path("workspaces").toString());

    JsonNode admins = list(ADMIN);
    assertTrue(admins.at("/webhooks/0/mayEdit").booleanValue());
    assertTrue(admins.path("mayCreateForAll").booleanValue());
    assertEquals(2, admins.path("workspaces").size());

    assertFalse(get(ANN, "1").at("/webhook/mayEdit").booleanValue());
    assertTrue(get(ANN, "2").at("/webhook/mayEdit").booleanValue());
  }

  @Test
  void aListShowsTheLastDayOfEachWebhook() throws Exception {
    create(ADMIN, 0);
    create(ADMIN, 0);
    rest.tally.count(1, Ending.RETRIED);
    rest.tally.count(1, Ending.DELIVERED);
    rest.tally.write();
    assertEquals(
        "{\"lastAt\":\"2026-03-01T12:00:00Z\",\"lastEnding\":\"DELIVERED\","
            + "\"hours\":[{\"hoursAgo\":0,\"delivered\":1,\"failed\":1}]}",
        list(ADMIN).at("/webhooks/0/lastDay").toString());
    assertEquals(
        "{\"lastAt\":null,\"lastEnding\":null,\"hours\":[]}",
        list(ADMIN).at("/webhooks/1/lastDay").toString());
  }

  @Test
  void whoHasSeenTheListIsSentItAgainOnlyOnceItHasChanged() throws Exception {
    create(ADMIN, 0);
    Response first = answer("");
    String tag = first.headers().get("ETag");
    Response same = answer(tag);
    assertEquals(304, same.status());
    assertEquals(0, same.body().length);
    create(ADMIN, 0);
    Response changed = answer(tag);
    assertEquals(200, changed.status());
    assertNotEquals(tag, changed.headers().get("ETag"));
  }

  @Test
  void aPreviewIsWhatWouldArriveForTheFirstTrigger() throws Exception {
    JsonNode preview =
        preview(
            """
            {"webhookType": "WEBHOOK_TYPE_DEFAULT",
             "triggers": [{"triggerType": "TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE",
                           "condition": {"state": "ERROR"}}]}
            """);
    assertEquals("application/json; charset=UTF-8", preview.path("contentType").stringValue());
    String body = preview.path("body").stringValue();
    assertTrue(body.contains("\"event_type\":\"experiment_error\""), body);
  }

  @Test
  void aPreviewNeedsNoTriggerYetAndSaysWhatIsWrongWithTheForm() throws Exception {
    String body = preview("{\"webhookType\": \"WEBHOOK_TYPE_SLACK\"}").path("body").stringValue();
    assertTrue(body.contains("cifar10_pytorch_const profiler"), body);
    ApiException wrong =
        assertThrows(ApiException.class, () -> preview("{\"webhookType\": \"PIGEON\"}"));
    assertEquals(Reason.INVALID_ARGUMENT, wrong.reason());
    assertTrue(wrong.getMessage().startsWith("webhookType "), wrong.getMessage());
  }

  @Test
  void whoAsksForAReportOfATestGetsOneHoweverItEnded() throws Exception {
    create(ADMIN, 0);
    JsonNode arrived = report();
    assertTrue(arrived.path("completed").booleanValue());
    assertEquals(200, arrived.path("status").intValue());
    assertEquals("", arrived.path("problem").stringValue());

    rest.outcome = new Outcome.Unanswered(Outcome.Kind.TIMED_OUT, Duration.ofSeconds(15));
    JsonNode report = report();
    assertFalse(report.path("completed").booleanValue());
    assertTrue(report.path("status").isNull());
    assertEquals(15_000, report.path("millis").intValue());
    assertEquals(rest.outcome.describe(), report.path("problem").stringValue());
    assertTrue(report.path("body").stringValue().contains("experiment_completed"));
  }

  private JsonNode report() throws Exception {
    return rest.call(
        ADMIN,
        "POST " + ALL + "/{id}/test",
        Map.of("id", "1"),
        Map.of("report", List.of("true")),
        Map.of(),
        "");
  }

  private JsonNode preview(String draft) throws Exception {
    return rest.call(ANN, "POST " + ALL + "/preview", Map.of(), draft);
  }

  private Response answer(String seen) throws Exception {
    return rest.answer(ADMIN, "GET " + ALL, Map.of(), Map.of(), Map.of("if-none-match", seen), "");
  }

  private JsonNode list(Caller caller) throws Exception {
    return rest.call(caller, "GET " + ALL, Map.of(), "");
  }

  private JsonNode get(Caller caller, String id) throws Exception {
    return rest.call(caller, "GET " + ALL + "/{id}", Map.of("id", id), "");
  }

  @Test
  void aTriggerWhoseExpressionWasCutShortSaysSo() throws Exception {
    create(ADMIN, 0);
    create(ADMIN, 0);
    long trigger = get(ADMIN, "2").at("/webhook/triggers/0/id").longValue();
    rest.cutShorts.count(2, trigger);
    rest.cutShorts.count(2, trigger);
    rest.cutShorts.write();
    for (JsonNode seen :
        List.of(get(ADMIN, "2").path("webhook"), list(ADMIN).path("webhooks").get(1))) {
      JsonNode cutShort = seen.at("/triggers/0/cutShort");
      assertEquals(2, cutShort.path("times").intValue(), seen.toString());
      assertTrue(cutShort.path("lastAt").asString().endsWith("Z"), seen.toString());
    }
    assertTrue(list(ADMIN).at("/webhooks/0/triggers/0/cutShort").isMissingNode());
  }

  private void create(Caller caller, long workspaceId) throws Exception {
    rest.call(
        caller,
        "POST " + ALL,
        Map.of(),
        """
        {"url": "https://receiver.example", "webhookType": "WEBHOOK_TYPE_DEFAULT",
         "workspaceId": %d,
         "triggers": [{"triggerType": "TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE",
                       "condition": {"state": "COMPLETED"}}]}
        """
            .formatted(workspaceId));
  }
}

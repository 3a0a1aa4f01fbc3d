package org.expmaster.webhook.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.expmaster.webhook.rest.RestCalls.ONE;
import static org.expmaster.webhook.rest.RestCalls.assertRefused;
import static org.expmaster.webhook.rest.RestCalls.id;
import static org.expmaster.webhook.rest.RestFixture.ANN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.ApiException.Reason;
import org.expmaster.webhook.http.Outcome;
import org.expmaster.webhook.payload.Payloads;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Checks the route that sends a test event. */
class TestRouteTest extends RestOnSqlite {
  @Test
  void aTestSendsTheDocumentedEventSignedOnce() throws Exception {
    String id = id(calls.create(ANN, "", 3));
    assertEquals("{\"completed\":true}", calls.call(ANN, "POST " + ONE + "/test", id).toString());
    assertEquals(1, rest.sent.size());
    assertEquals("https://receiver.example/s3cret", rest.sent.get(0).url().toString());
    String body = new String(rest.sent.get(0).body(), UTF_8);
    assertTrue(body.contains("\"name\":\"cifar10_pytorch_const profiler\""), body);
    Map<String, String> headers = rest.sent.get(0).headers();
    assertTrue(headers.get("X-Determined-AI-Signature").matches("[0-9a-f]{64}"));
    assertTrue(body.contains("\"event_id\":\"" + headers.get("webhook-id") + "\""), body);
  }

  @Test
  void aTestThatFailsSaysHowAndDoesNotRepeatTheUrl() throws Exception {
    String id = id(calls.create(ANN, "", 3));
    for (Outcome outcome :
        List.of(
            RestFixture.answered(500),
            RestFixture.answered(302),
            new Outcome.Unanswered(Outcome.Kind.UNKNOWN_HOST, Duration.ofMillis(3)))) {
      rest.outcome = outcome;
      ApiException refused =
          assertRefused(
              Reason.INVALID_ARGUMENT, () -> calls.call(ANN, "POST " + ONE + "/test", id));
      assertTrue(refused.getMessage().contains(outcome.describe()), refused.getMessage());
      assertTrue(refused.getMessage().contains("3 ms"), refused.getMessage());
      assertFalse(refused.getMessage().contains("receiver.example"), refused.getMessage());
      String hint = new Hints(new Payloads(1, Optional.empty())).of(HintsTest.DEFAULT, outcome);
      assertTrue(refused.getMessage().endsWith(" ms. " + hint), refused.getMessage());
    }
  }

  @Test
  void aReportIsAskedForWithTrueOrFalseAndNothingIsSentForAnythingElse() throws Exception {
    String id = id(calls.create(ANN, "", 3));
    assertTrue(test(id, "true").has("hint"));
    assertFalse(test(id, "false").has("hint"));
    int sent = rest.sent.size();
    for (String wrong : List.of("", "1", "True")) {
      ApiException refused = assertRefused(Reason.INVALID_ARGUMENT, () -> test(id, wrong));
      assertEquals("report is \"" + wrong + "\", and must be true or false", refused.getMessage());
    }
    assertEquals(sent, rest.sent.size());
  }

  private JsonNode test(String id, String report) throws Exception {
    Map<String, List<String>> query = Map.of("report", List.of(report));
    return rest.call(ANN, "POST " + ONE + "/test", Map.of("id", id), query, Map.of(), "");
  }
}

package org.expmaster.webhook.rest;

import static org.expmaster.webhook.rest.RestCalls.ALL;
import static org.expmaster.webhook.rest.RestCalls.ONE;
import static org.expmaster.webhook.rest.RestCalls.assertRefused;
import static org.expmaster.webhook.rest.RestCalls.webhook;
import static org.expmaster.webhook.rest.RestFixture.ADMIN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.ApiException.Reason;
import org.expmaster.plugin.http.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** Checks that no edit overwrites a version that its caller has not seen. */
class WebhookVersionTest extends RestOnSqlite {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void anEditNamesTheVersionItLeavesAndEveryAnswerItsOwn() throws Exception {
    Response created = answer("POST " + ALL, Map.of(), Map.of(), webhook("", 0));
    assertEquals("\"1\"", created.headers().get("ETag"));
    Map<String, String> one =
        Map.of("id", JSON.readTree(created.body()).at("/webhook/id").asString());
    Response edited = answer("PATCH " + ONE, one, Map.of(), "{}");
    assertEquals("\"2\"", edited.headers().get("ETag"));
    Response read = answer("GET " + ONE, one, Map.of(), "");
    assertEquals("\"2\"", read.headers().get("ETag"));
    assertEquals(2, JSON.readTree(read.body()).at("/webhook/version").asLong());
    assertEquals(2, rest.call(ADMIN, "GET " + ALL, Map.of(), "").at("/webhooks/0/version").asInt());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1\"", " \"1\" ", "\"7\", \"1\"", "*"})
  void whoNamesWhatThereIsMayEditAndDelete(String ifMatch) throws Exception {
    for (String method : List.of("PATCH ", "DELETE ")) {
      Map<String, String> one = Map.of("id", calls.create(ADMIN, "", 0).path("id").asString());
      Response answer = answer(method + ONE, one, Map.of("if-match", ifMatch), "{}");
      assertEquals(200, answer.status());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"2\"", "1", "W/\"1\"", "", "\"1", "\"*\"", "\"2\", \"3\""})
  void whoNamesAnythingElseChangesNothingAndHearsOfIt(String ifMatch) throws Exception {
    ObjectNode webhook = calls.create(ADMIN, "", 0);
    Map<String, String> one = Map.of("id", webhook.path("id").asString());
    for (String method : List.of("PATCH ", "DELETE ")) {
      ApiException refused =
          assertRefused(
              Reason.CHANGED_SINCE,
              () -> answer(method + ONE, one, Map.of("if-match", ifMatch), "{\"name\": \"lost\"}"));
      assertTrue(refused.getMessage().startsWith("If-Match does not name \"1\""));
      assertEquals(412, refused.reason().status());
    }
    assertEquals(webhook, calls.read(ADMIN, webhook));
  }

  @Test
  void ofTwoWhoEditWhatTheyHaveBothSeenTheSecondIsTold() throws Exception {
    ObjectNode webhook = calls.create(ADMIN, "", 0);
    Map<String, String> one = Map.of("id", webhook.path("id").asString());
    Map<String, String> seen = Map.of("if-match", "\"1\"");
    answer("PATCH " + ONE, one, seen, "{\"name\": \"first\"}");
    assertRefused(
        Reason.CHANGED_SINCE, () -> answer("PATCH " + ONE, one, seen, "{\"name\": \"second\"}"));
    assertEquals("first", calls.read(ADMIN, webhook).path("name").stringValue());
  }

  @Test
  void whoNamesNoVersionEditsWhateverThereIsEvenIfItChangesThatMoment() throws Exception {
    ObjectNode webhook = calls.create(ADMIN, "mine", 0);
    List<String> meanwhile = new ArrayList<>(List.of("{\"mode\": \"WEBHOOK_MODE_SPECIFIC\"}"));
    rest.urlCheck =
        url -> {
          if (!meanwhile.isEmpty()) {
            patchUnchecked(webhook, meanwhile.remove(0));
          }
        };
    calls.patch(ADMIN, webhook, "{\"url\": \"https://other.example/\"}");
    JsonNode edited = calls.read(ADMIN, webhook);
    assertEquals("https://other.example/", edited.path("url").stringValue());
    assertEquals("WEBHOOK_MODE_SPECIFIC", edited.path("mode").stringValue());
    assertEquals(3, edited.path("version").asInt());
  }

  private void patchUnchecked(JsonNode webhook, String change) {
    try {
      calls.patch(ADMIN, webhook, change);
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  private Response answer(
      String route, Map<String, String> path, Map<String, String> headers, String body)
      throws Exception {
    return rest.answer(ADMIN, route, path, Map.of(), headers, body);
  }
}

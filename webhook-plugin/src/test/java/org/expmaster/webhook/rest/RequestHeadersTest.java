package org.expmaster.webhook.rest;

import static org.expmaster.webhook.rest.RestCalls.ALL;
import static org.expmaster.webhook.rest.RestCalls.ONE;
import static org.expmaster.webhook.rest.RestCalls.assertRefused;
import static org.expmaster.webhook.rest.RestCalls.id;
import static org.expmaster.webhook.rest.RestFixture.ADMIN;
import static org.expmaster.webhook.rest.RestFixture.ANN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.stream.IntStream;
import org.expmaster.plugin.http.ApiException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The headers and credentials that a receiver wants, over REST. */
class RequestHeadersTest extends RestOnSqlite {
  private static final String KEY = "{\"name\": \"X-Api-Key\", \"value\": \"s3cret\"}";
  private static final String BASIC = "Basic bWU6czNjcmV0"; // me:s3cret

  @Test
  void headersAreSentAndTheirValuesNeverShown() throws Exception {
    JsonNode webhook = create("https://receiver.example/hook", KEY);
    assertEquals("[{\"name\":\"X-Api-Key\",\"value\":null}]", webhook.path("headers").toString());
    assertFalse((webhook + " " + calls.list(ADMIN)).contains("s3cret"));
    assertEquals("s3cret", sent(webhook).get("X-Api-Key"));
  }

  @Test
  void whoMayNotEditAWebhookSeesNotEvenTheNames() throws Exception {
    JsonNode webhook = create("https://receiver.example/hook", KEY);
    assertEquals("[]", calls.read(ANN, webhook).path("headers").toString());
  }

  @Test
  void credentialsInAUrlAreSentAsBasicAuthenticationAndNotShown() throws Exception {
    JsonNode webhook = create("https://me:s3cret@receiver.example/hook");
    assertEquals("https://receiver.example/hook", webhook.path("url").asString());
    assertEquals("Authorization", webhook.at("/headers/0/name").asString());
    assertFalse(webhook.toString().contains("s3cret"));
    assertEquals(BASIC, sent(webhook).get("Authorization"));
  }

  @Test
  void anEditKeepsEveryValueThatItDoesNotWrite() throws Exception {
    JsonNode webhook = create("https://me:s3cret@receiver.example/hook", KEY);
    calls.patch(ADMIN, webhook, "{\"name\": \"edited\"}");
    // as a client writes back what it has read
    ObjectNode read = (ObjectNode) calls.read(ADMIN, webhook);
    calls.patch(ADMIN, webhook, read.put("url", "https://RECEIVER.example:443/other").toString());

    Map<String, String> sent = sent(webhook);
    assertEquals("s3cret", sent.get("X-Api-Key"));
    assertEquals(BASIC, sent.get("Authorization"));
  }

  @Test
  void anEditReplacesAndRemovesHeaders() throws Exception {
    JsonNode webhook = create("https://me:s3cret@receiver.example/hook", KEY);
    calls.patch(
        ADMIN, webhook, "{\"headers\": [{\"name\": \"x-api-key\", \"value\": \"another\"}]}");
    Map<String, String> sent = sent(webhook);
    assertEquals("another", sent.get("x-api-key"));
    assertFalse(sent.containsKey("Authorization") || sent.containsKey("X-Api-Key"));
    calls.patch(ADMIN, webhook, "{\"headers\": []}");
    assertEquals("[]", calls.read(ADMIN, webhook).path("headers").toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://elsewhere.example/hook",
        "http://receiver.example/hook",
        "https://receiver.example:8443/hook"
      })
  void noValueGoesToAHostForWhichItWasNotWritten(String elsewhere) throws Exception {
    JsonNode webhook = create("https://receiver.example/hook", KEY);
    String move = "{\"url\": \"" + elsewhere + "\"}";

    String refused =
        assertRefused(Reason.INVALID_ARGUMENT, () -> calls.patch(ADMIN, webhook, move))
            .getMessage();

    assertEquals(
        "headers[0].value, of header X-Api-Key, must be written again, since url leads to another"
            + " scheme, host or port; or send headers without it",
        refused);
    assertEquals(
        "https://receiver.example/hook", calls.read(ADMIN, webhook).path("url").asString());
    calls.patch(ADMIN, webhook, move.replace("}", ", \"headers\": [" + KEY + "]}"));
    assertEquals(elsewhere, calls.read(ADMIN, webhook).path("url").asString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Host                   | headers[0].name is \"Host\", which every request sets itself",
        "content-LENGTH         | headers[0].name is \"content-LENGTH\", which every request sets"
            + " itself",
        "webhook-signature      | headers[0].name is \"webhook-signature\", which every request"
            + " sets itself",
        "X-Determined-AI-Whatever | headers[0].name is \"X-Determined-AI-Whatever\", which every"
            + " request sets itself",
        "Content_Length         | headers[0].name is \"Content_Length\", which every request sets"
            + " itself",
        "x_determined_ai_signature | headers[0].name is \"x_determined_ai_signature\", which every"
            + " request sets itself",
        "TraceParent            | headers[0].name is \"TraceParent\", which every request sets itself",
        "tracestate             | headers[0].name is \"tracestate\", which every request sets itself",
        "Range                  | headers[0].name is \"Range\", which every request sets itself",
        "X Api                  | headers[0].name must be the name of an HTTP header such as"
            + " X-Api-Key, of up to 100 characters",
        "X-Api:                 | headers[0].name must be the name of an HTTP header such as"
            + " X-Api-Key, of up to 100 characters"
      })
  void aNameThatHttpOrTheSignatureOwnsIsRefused(String name, String words) {
    assertEquals(words, refused("{\"name\": \"" + name + "\", \"value\": \"s3cret\"}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "s3cret\\r\\nX-Other: 1", "s3cret\\u0000", "s3crét", "\\t"})
  void aValueThatAHeaderCannotHoldIsRefusedAndNotRepeated(String value) {
    assertEquals(
        "headers[0].value must be printable ASCII, and not empty",
        refused("{\"name\": \"X-A\", \"value\": \"" + value + "\"}"));
  }

  @Test
  void whatIsThereTwiceMissingOrTooMuchIsRefused() {
    assertEquals(
        "headers[1].name is \"x-api-key\", which is there twice",
        refused(KEY, KEY.replace("X-Api-Key", "x-api-key")));
    assertEquals("headers[0].value is missing", refused("{\"name\": \"X-A\"}"));
    assertEquals("headers[0].name is missing", refused("{\"value\": \"s3cret\"}"));
    assertEquals("headers[0] must be an object with a name and a value", refused("\"X-A: b\""));
    String[] eleven =
        IntStream.range(0, 11)
            .mapToObj(i -> KEY.replace("X-Api-Key", "X-" + i))
            .toArray(String[]::new);
    assertEquals("headers has 11 entries, and may have 10", refused(eleven));
    assertTrue(
        refused(KEY.replace("s3cret", "s".repeat(8_000))).startsWith("headers has 8009 char"));
  }

  @Test
  void credentialsAndAHeaderForThemAreOneTooMany() {
    String body =
        body("https://me:s3cret@receiver.example/", KEY.replace("X-Api-Key", "authorization"));
    assertEquals(
        "headers[0] is Authorization, which the credentials in url stand for as well",
        assertRefused(
                Reason.INVALID_ARGUMENT, () -> rest.call(ADMIN, "POST " + ALL, Map.of(), body))
            .getMessage());
  }

  private JsonNode create(String url, String... headers) throws Exception {
    return rest.call(ADMIN, "POST " + ALL, Map.of(), body(url, headers)).path("webhook");
  }

  private String refused(String... headers) {
    return assertRefused(
            Reason.INVALID_ARGUMENT, () -> create("https://receiver.example/", headers))
        .getMessage();
  }

  private static String body(String url, String... headers) {
    return RequestBodies.withUrl(url)
        .replaceFirst(
            "}$", ", \"headers\": [" + String.join(", ", headers).replace("\\", "\\\\") + "]}");
  }

  /** Returns the headers of a test request. */
  private Map<String, String> sent(JsonNode webhook) throws Exception {
    calls.call(ADMIN, "POST " + ONE + "/test", id(webhook));
    return rest.sent.get(rest.sent.size() - 1).headers();
  }
}

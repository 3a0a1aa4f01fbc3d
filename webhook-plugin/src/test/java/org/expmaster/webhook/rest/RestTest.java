package org.expmaster.webhook.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.expmaster.webhook.rest.RestFixture.ADMIN;
import static org.expmaster.webhook.rest.RestFixture.ANN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.expmaster.plugin.http.Access;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.ApiException.Reason;
import org.expmaster.plugin.http.Caller;
import org.expmaster.webhook.http.Outcome;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the REST API as a whole: permissions, answers, and the order of the checks. */
class RestTest {
  private static final String ALL = "/api/v1/webhooks";
  private static final String ONE = ALL + "/{id}";

  @TempDir Path directory;
  private RestFixture rest;

  @BeforeEach
  void open() {
    rest = new RestFixture(TestDatabase.sqlite(directory));
  }

  @AfterEach
  void close() {
    rest.close();
  }

  @Test
  void everyRouteNeedsALoginAndTheKeyAnAdmin() {
    assertFalse(rest.access.isEmpty());
    rest.access.forEach(
        (route, access) ->
            assertEquals(
                route.contains("signing_key") ? Access.ADMIN : Access.LOGGED_IN, access, route));
  }

  @Test
  void whatIsCreatedIsAnsweredAndListed() throws Exception {
    JsonNode created = create(ADMIN, "mine", 0).path("webhook");
    assertTrue(created.path("id").longValue() > 0);
    assertEquals("mine", created.path("name").textValue());
    assertEquals(created.path("id"), created.at("/triggers/0/webhookId"));
    assertEquals(List.of(created), list(ADMIN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "application/x-www-form-urlencoded", "application/json; charset=x"})
  void jsonIsReadWhateverTheHeaderSays(String contentType) throws Exception {
    JsonNode created =
        rest.call(
            ADMIN,
            "POST " + ALL,
            Map.of(),
            Map.of(),
            Map.of("content-type", contentType),
            webhook("mine", 0));
    assertEquals("mine", created.at("/webhook/name").textValue());
  }

  @Test
  void permissionIsCheckedBeforeTheRestOfTheWebhook() {
    assertRefused(
        Reason.PERMISSION_DENIED,
        () -> rest.call(ANN, "POST " + ALL, Map.of(), "{\"workspaceId\": 4, \"url\": 1}"));
    assertRefused(
        Reason.PERMISSION_DENIED,
        () -> rest.call(ANN, "POST " + ALL, Map.of(), "{\"url\": \"nonsense\"}"));
    assertRefused(
        Reason.INVALID_ARGUMENT,
        () -> rest.call(ANN, "POST " + ALL, Map.of(), "{\"workspaceId\": 3, \"url\": 1}"));
  }

  @Test
  void whereToCreateMustExistAndWhoMayNotIsNotTold() {
    ApiException unknown = assertRefused(Reason.INVALID_ARGUMENT, () -> create(ADMIN, "x", 99));
    assertTrue(unknown.getMessage().startsWith("workspaceId "), unknown.getMessage());
    assertRefused(Reason.PERMISSION_DENIED, () -> create(ANN, "x", 99));
  }

  @Test
  void aUrlThatNothingWouldBeSentToIsNotKeptAndOnlyWhoMayCreateHearsOfIt() throws Exception {
    rest.urlCheck =
        url -> {
          throw ApiException.invalid("url leads to " + url.getHost());
        };
    ApiException refused = assertRefused(Reason.INVALID_ARGUMENT, () -> create(ADMIN, "x", 0));
    assertTrue(refused.getMessage().startsWith("url leads to "), refused.getMessage());
    assertRefused(Reason.PERMISSION_DENIED, () -> create(ANN, "x", 4));
    assertEquals(List.of(), list(ADMIN));
  }

  @Test
  void aNameIsTakenOnceInEachWorkspaceAndNamelessOnesAreMany() throws Exception {
    create(ADMIN, "mine", 3);
    ApiException taken = assertRefused(Reason.INVALID_ARGUMENT, () -> create(ANN, "mine", 3));
    assertTrue(taken.getMessage().startsWith("name "), taken.getMessage());
    create(ADMIN, "mine", 4);
    create(ADMIN, "mine", 0);
    create(ADMIN, "", 3);
    create(ADMIN, "", 3);
    assertEquals(5, list(ADMIN).size());
  }

  @Test
  void everyoneSeesThoseOfAllWorkspacesAndOfTheRestOnlyTheirOwn() throws Exception {
    create(ADMIN, "all", 0);
    create(ADMIN, "ann's", 3);
    create(ADMIN, "bob's", 4);
    assertEquals(List.of("all", "ann's", "bob's"), names(list(ADMIN)));
    assertEquals(List.of("all", "ann's"), names(list(ANN)));
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE, ''",
    "PATCH, ''",
    "POST, /test",
    "POST, /enable",
    "POST, /disable",
    "GET, /deliveries",
    "POST, /redeliver"
  })
  void whoMayNotEditMayNothingAndWhoMayNotSeeCannotTell(String method, String rest)
      throws Exception {
    String route = method + " " + ONE + rest;
    String all = id(create(ADMIN, "", 0));
    String bobs = id(create(ADMIN, "", 4));
    assertRefused(Reason.PERMISSION_DENIED, () -> call(ANN, route, all));
    ApiException hidden = assertRefused(Reason.NOT_FOUND, () -> call(ANN, route, bobs));
    ApiException none = assertRefused(Reason.NOT_FOUND, () -> call(ANN, route, "999"));
    assertEquals(none.getMessage().replace("999", "ID"), hidden.getMessage().replace(bobs, "ID"));
    assertRefused(Reason.NOT_FOUND, () -> call(ADMIN, route, "999"));
    assertRefused(Reason.NOT_FOUND, () -> call(ADMIN, route, "nonsense"));
    assertEquals(2, list(ADMIN).size());
    assertEquals(List.of(), this.rest.sent);
  }

  @Test
  void withoutALoginThereIsNothing() {
    assertRefused(Reason.UNAUTHENTICATED, () -> list(null));
    assertRefused(Reason.UNAUTHENTICATED, () -> create(null, "", 0));
    assertRefused(Reason.UNAUTHENTICATED, () -> call(null, "DELETE " + ONE, "1"));
  }

  @Test
  void anOwnerDeletesTheirOwnOnce() throws Exception {
    String id = id(create(ANN, "", 3));
    assertEquals("{}", call(ANN, "DELETE " + ONE, id).toString());
    assertEquals(List.of(), list(ADMIN));
    assertRefused(Reason.NOT_FOUND, () -> call(ANN, "DELETE " + ONE, id));
  }

  @Test
  void aTestSendsTheDocumentedEventSignedOnce() throws Exception {
    String id = id(create(ANN, "", 3));
    assertEquals("{\"completed\":true}", call(ANN, "POST " + ONE + "/test", id).toString());
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
    String id = id(create(ANN, "", 3));
    for (Outcome outcome :
        List.of(
            RestFixture.answered(500),
            RestFixture.answered(302),
            new Outcome.Unanswered(Outcome.Kind.UNKNOWN_HOST, Duration.ofMillis(3)))) {
      rest.outcome = outcome;
      ApiException refused =
          assertRefused(Reason.INVALID_ARGUMENT, () -> call(ANN, "POST " + ONE + "/test", id));
      assertTrue(refused.getMessage().contains(outcome.describe()), refused.getMessage());
      assertTrue(refused.getMessage().contains("3 ms"), refused.getMessage());
      assertFalse(refused.getMessage().contains("receiver.example"), refused.getMessage());
    }
  }

  @Test
  void oneThatIsDisabledSaysByWhomUntilItIsEnabled() throws Exception {
    String id = id(create(ANN, "", 3));
    call(ANN, "POST " + ONE + "/disable", id);
    JsonNode disabled = list(ANN).get(0).path("health");
    assertEquals("2026-03-01T12:00:00Z", disabled.path("disabledAt").textValue());
    assertEquals("disabled by ann", disabled.path("reason").textValue());
    call(ANN, "POST " + ONE + "/enable", id);
    assertTrue(list(ANN).get(0).at("/health/disabledAt").isNull());
    assertEquals(List.of(Long.valueOf(id), Long.valueOf(id)), rest.decided, "each at once");
  }

  @ParameterizedTest
  @CsvSource({
    "limit, 0",
    "limit, 201",
    "limit, -1",
    "limit, x",
    "limit, ''",
    "limit, 99999999999999999999",
    "cursor, 0",
    "cursor, x",
    "state, delivered",
    "state, BORED",
    "since, yesterday",
    "since, +300000000-01-01T00:00:00Z",
    "cursor, 7",
    "since, 2026-03-01",
    "since, 2026-02-30T12:00:00Z"
  })
  void aListOfDeliveriesAskedForWronglyNamesWhatIsWrong(String name, String value)
      throws Exception {
    String id = id(create(ANN, "", 3));
    ApiException refused =
        assertRefused(
            Reason.INVALID_ARGUMENT,
            () ->
                rest.call(
                    ANN,
                    "GET " + ONE + "/deliveries",
                    Map.of("id", id),
                    Map.of(name, List.of(value)),
                    Map.of(),
                    ""));
    assertTrue(refused.getMessage().startsWith(name + " "), refused.getMessage());
  }

  @Test
  void aWebhookThatWasToldNothingHasNoDeliveriesAndNoneToAskForAgain() throws Exception {
    String id = id(create(ANN, "", 3));
    assertEquals(
        "{\"deliveries\":[],\"nextCursor\":null}",
        call(ANN, "GET " + ONE + "/deliveries", id).toString());
    assertEquals("{\"redelivered\":0}", call(ANN, "POST " + ONE + "/redeliver", id).toString());
    Map<String, String> first = Map.of("id", id, "deliveryId", "1");
    String delivery = ONE + "/deliveries/{deliveryId}";
    assertRefused(Reason.NOT_FOUND, () -> rest.call(ANN, "GET " + delivery, first, ""));
    assertRefused(
        Reason.NOT_FOUND, () -> rest.call(ANN, "POST " + delivery + "/redeliver", first, ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "[]", "{\"since\": 1}", "{\"since\": \"yesterday\"}"})
  void askingAgainFromNoRealTimeOnIsInvalid(String body) throws Exception {
    String id = id(create(ANN, "", 3));
    assertRefused(
        Reason.INVALID_ARGUMENT,
        () -> rest.call(ANN, "POST " + ONE + "/redeliver", Map.of("id", id), body));
  }

  private JsonNode create(Caller caller, String name, long workspaceId) throws Exception {
    return rest.call(caller, "POST " + ALL, Map.of(), webhook(name, workspaceId));
  }

  private JsonNode call(Caller caller, String route, String id) throws Exception {
    return rest.call(caller, route, Map.of("id", id), "");
  }

  private List<JsonNode> list(Caller caller) throws Exception {
    return List.copyOf(
        rest.call(caller, "GET " + ALL, Map.of(), "").path("webhooks").valueStream().toList());
  }

  private static String id(JsonNode created) {
    return created.at("/webhook/id").asText();
  }

  private static List<String> names(List<JsonNode> webhooks) {
    return webhooks.stream().map(webhook -> webhook.path("name").textValue()).toList();
  }

  private static String webhook(String name, long workspaceId) {
    return """
        {"name": "%s", "url": "https://receiver.example/s3cret",
         "webhookType": "WEBHOOK_TYPE_DEFAULT", "workspaceId": %d,
         "triggers": [{"triggerType": "TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE",
                       "condition": {"state": "COMPLETED"}}]}
        """
        .formatted(name, workspaceId);
  }

  private static ApiException assertRefused(Reason reason, Executable call) {
    ApiException refused = assertThrows(ApiException.class, call);
    assertEquals(reason, refused.reason(), refused.getMessage());
    return refused;
  }
}

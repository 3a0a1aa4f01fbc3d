package org.expmaster.webhook.rest;

import static org.expmaster.webhook.rest.RestFixture.ADMIN;
import static org.expmaster.webhook.rest.RestFixture.ANN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.ApiException.Reason;
import org.expmaster.plugin.http.Caller;
import org.expmaster.plugin.http.Response;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks edits: only the requested fields change, and no edit overwrites an unseen version. */
class WebhookEditTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ALL = "/api/v1/webhooks";
  private static final String ONE = ALL + "/{id}";
  private static final String ERROR =
      "{\"triggerType\":\"TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE\",\"condition\":{\"state\":\"ERROR\"}}";

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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      value = {
        "url            | {\"url\": \"https://other.example/\"}         | \"https://other.example/\"",
        "name           | {\"name\": \"new\"}                           | \"new\"",
        "name           | {\"name\": \"\"}                              | \"\"",
        "workspaceId    | {\"workspaceId\": 4}                          | 4",
        "workspaceId    | {\"workspace_id\": 4}                         | 4",
        "workspaceId    | {\"workspaceId\": 0}                          | 0",
        "mode           | {\"mode\": \"WEBHOOK_MODE_SPECIFIC\"}         | \"WEBHOOK_MODE_SPECIFIC\"",
        "payloadVersion | {\"payloadVersion\": 1}                       | 1",
        "payloadVersion | {\"payload_version\": 1}                      | 1"
      })
  void whatIsWrittenChangesAndNothingElse(String field, String change, String value)
      throws Exception {
    ObjectNode before = create(ADMIN, "mine", 3);

    assertEquals("{}", patch(ADMIN, before, change).toString());

    before.set(field, JSON.readTree(value));
    before.put("version", 2);
    assertEquals(before, read(ADMIN, before));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SLACK", "MSTEAMS", "DISCORD"})
  void aWebhookThatBecomesAMessageMayHaveAWordingAndMustLoseItBeforeItIsNone(String type)
      throws Exception {
    ObjectNode webhook = create(ADMIN, "mine", 3);
    String change = "{\"webhookType\": \"WEBHOOK_TYPE_%s\", \"template\": \"{{user}}, look\"}";
    patch(ADMIN, webhook, change.formatted(type));
    JsonNode edited = read(ADMIN, webhook);
    assertEquals(type, edited.path("format").textValue());
    assertEquals("{{user}}, look", edited.path("template").textValue());
    String back = "{\"format\": \"DEFAULT\"%s}";
    assertRefused(Reason.INVALID_ARGUMENT, () -> patch(ADMIN, webhook, back.formatted("")));
    patch(ADMIN, webhook, back.formatted(", \"template\": \"\""));
    assertEquals("", read(ADMIN, webhook).path("template").textValue());
  }

  @Test
  void triggersChangeAsAWhole() throws Exception {
    ObjectNode webhook = create(ADMIN, "mine", 3);
    patch(ADMIN, webhook, "{\"triggers\": [" + ERROR + "]}");
    JsonNode triggers = read(ADMIN, webhook).path("triggers");
    assertEquals(1, triggers.size());
    assertEquals("ERROR", triggers.at("/0/condition/state").textValue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"color\": 1, \"id\": 99, \"version\": 7, \"health\": {}}",
        "{\"url\": null, \"name\": null, \"workspaceId\": null, \"mode\": null,"
            + " \"webhookType\": null, \"triggers\": null, \"payloadVersion\": null,"
            + " \"template\": null}"
      })
  void whatIsNotWrittenOrNullStaysAsItIs(String change) throws Exception {
    ObjectNode before = create(ADMIN, "mine", 3);
    patch(ADMIN, before, change);
    before.put("version", 2);
    assertEquals(before, read(ADMIN, before));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      value = {
        "the body       | nonsense",
        "the body       | []",
        "url            | {\"url\": \"\"}",
        "url            | {\"url\": \"/relative\"}",
        "url            | {\"url\": 1}",
        "name           | {\"name\": 1}",
        "name           | {\"name\": \"taken\"}",
        "workspaceId    | {\"workspaceId\": -1}",
        "workspaceId    | {\"workspaceId\": 99}",
        "mode           | {\"mode\": \"x\"}",
        "webhookType    | {\"webhookType\": \"x\"}",
        "triggers       | {\"triggers\": []}",
        "triggers[0]    | {\"triggers\": [1]}",
        "payloadVersion | {\"payloadVersion\": -1}",
        "payloadVersion | {\"payloadVersion\": 9}",
        "payloadVersion | {\"payloadVersion\": \"one\"}",
        "payloadVersion | {\"webhookType\": \"WEBHOOK_TYPE_SLACK\", \"payloadVersion\": 1}",
        "template       | {\"webhookType\": \"WEBHOOK_TYPE_SLACK\", \"template\": \"{{x}}\"}",
        "template       | {\"webhookType\": \"WEBHOOK_TYPE_SLACK\", \"template\": \"{{user\"}",
        "template       | {\"webhookType\": \"WEBHOOK_TYPE_SLACK\", \"template\": \"\\u0000\"}",
        "template       | {\"webhookType\": \"WEBHOOK_TYPE_SLACK\", \"template\": 1}",
        "template       | {\"format\": \"CLOUDEVENTS\", \"template\": \"x\"}",
        "template       | {\"template\": \"goes only with messages\"}"
      })
  void aWrongFieldIsNamedAndNothingIsChanged(String field, String change) throws Exception {
    create(ADMIN, "taken", 3);
    ObjectNode before = create(ADMIN, "mine", 3);
    ApiException refused =
        assertRefused(Reason.INVALID_ARGUMENT, () -> patch(ADMIN, before, change));
    assertTrue(refused.getMessage().startsWith(field + " "), refused.getMessage());
    assertEquals(before, read(ADMIN, before));
  }

  @Test
  void whoEditsMustBeAllowedToWhereItIsAndWhereItShallBe() throws Exception {
    ObjectNode anns = create(ANN, "", 3);
    assertRefused(Reason.PERMISSION_DENIED, () -> patch(ANN, anns, "{\"workspaceId\": 4}"));
    assertRefused(Reason.PERMISSION_DENIED, () -> patch(ANN, anns, "{\"workspaceId\": 0}"));
    assertRefused(Reason.PERMISSION_DENIED, () -> patch(ANN, anns, "{\"workspaceId\": 99}"));
    assertEquals(anns, read(ANN, anns));
    assertRefused(Reason.PERMISSION_DENIED, () -> patch(ANN, create(ADMIN, "", 0), "{\"url\": 1}"));
  }

  @Test
  void onlyAUrlThatChangesIsCheckedAgainForWhereItLeads() throws Exception {
    ObjectNode webhook = create(ADMIN, "mine", 0);
    List<String> checked = new ArrayList<>();
    rest.urlCheck = url -> checked.add(url.toString());
    patch(ADMIN, webhook, "{\"name\": \"new\"}");
    assertEquals(List.of(), checked);
    patch(ADMIN, webhook, "{\"url\": \"https://other.example/\"}");
    assertEquals(List.of("https://other.example/"), checked);
  }

  @Test
  void anEditNamesTheVersionItLeavesAndEveryAnswerItsOwn() throws Exception {
    Response created = answer("POST " + ALL, Map.of(), Map.of(), webhook("", 0));
    assertEquals("\"1\"", created.headers().get("ETag"));
    Map<String, String> one =
        Map.of("id", JSON.readTree(created.body()).at("/webhook/id").asText());
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
      Map<String, String> one = Map.of("id", create(ADMIN, "", 0).path("id").asText());
      Response answer = answer(method + ONE, one, Map.of("if-match", ifMatch), "{}");
      assertEquals(200, answer.status());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"2\"", "1", "W/\"1\"", "", "\"1", "\"*\"", "\"2\", \"3\""})
  void whoNamesAnythingElseChangesNothingAndHearsOfIt(String ifMatch) throws Exception {
    ObjectNode webhook = create(ADMIN, "", 0);
    Map<String, String> one = Map.of("id", webhook.path("id").asText());
    for (String method : List.of("PATCH ", "DELETE ")) {
      ApiException refused =
          assertRefused(
              Reason.CHANGED_SINCE,
              () -> answer(method + ONE, one, Map.of("if-match", ifMatch), "{\"name\": \"lost\"}"));
      assertTrue(refused.getMessage().startsWith("If-Match does not name \"1\""));
      assertEquals(412, refused.reason().status());
    }
    assertEquals(webhook, read(ADMIN, webhook));
  }

  @Test
  void ofTwoWhoEditWhatTheyHaveBothSeenTheSecondIsTold() throws Exception {
    ObjectNode webhook = create(ADMIN, "", 0);
    Map<String, String> one = Map.of("id", webhook.path("id").asText());
    Map<String, String> seen = Map.of("if-match", "\"1\"");
    answer("PATCH " + ONE, one, seen, "{\"name\": \"first\"}");
    assertRefused(
        Reason.CHANGED_SINCE, () -> answer("PATCH " + ONE, one, seen, "{\"name\": \"second\"}"));
    assertEquals("first", read(ADMIN, webhook).path("name").textValue());
  }

  @Test
  void whoNamesNoVersionEditsWhateverThereIsEvenIfItChangesThatMoment() throws Exception {
    ObjectNode webhook = create(ADMIN, "mine", 0);
    List<String> meanwhile = new ArrayList<>(List.of("{\"mode\": \"WEBHOOK_MODE_SPECIFIC\"}"));
    rest.urlCheck =
        url -> {
          if (!meanwhile.isEmpty()) {
            patchUnchecked(webhook, meanwhile.remove(0));
          }
        };
    patch(ADMIN, webhook, "{\"url\": \"https://other.example/\"}");
    JsonNode edited = read(ADMIN, webhook);
    assertEquals("https://other.example/", edited.path("url").textValue());
    assertEquals("WEBHOOK_MODE_SPECIFIC", edited.path("mode").textValue());
    assertEquals(3, edited.path("version").asInt());
  }

  @Test
  void whoMaySeeOneMayReadItAndWhoMayNotCannotTellThatItExists() throws Exception {
    ObjectNode all = create(ADMIN, "", 0);
    ObjectNode bobs = create(ADMIN, "", 4);
    all.put("mayEdit", false).put("url", "https://receiver.example/***");
    assertEquals(all, read(ANN, all));
    ApiException hidden = assertRefused(Reason.NOT_FOUND, () -> read(ANN, bobs));
    String id = bobs.path("id").asText();
    bobs.put("id", 999);
    ApiException none = assertRefused(Reason.NOT_FOUND, () -> read(ANN, bobs));
    assertEquals(none.getMessage().replace("999", "ID"), hidden.getMessage().replace(id, "ID"));
  }

  @Test
  void deliveringIsToldOfAnotherUrlAndOfAnEndAndOfNothingElse() throws Exception {
    JsonNode webhook = create(ADMIN, "", 0);
    patch(ADMIN, webhook, "{\"name\": \"renamed\"}");
    assertEquals(List.of(), rest.decided);
    long id = webhook.path("id").asLong();
    patch(ADMIN, webhook, "{\"url\": \"https://other.example\"}");
    assertEquals(List.of(id), rest.decided);
    rest.call(ADMIN, "DELETE " + ONE, Map.of("id", Long.toString(id)), "");
    assertEquals(List.of(id, id), rest.decided);
  }

  private ObjectNode create(Caller caller, String name, long workspaceId) throws Exception {
    return (ObjectNode)
        rest.call(caller, "POST " + ALL, Map.of(), webhook(name, workspaceId)).path("webhook");
  }

  private JsonNode read(Caller caller, JsonNode webhook) throws Exception {
    return rest.call(caller, "GET " + ONE, Map.of("id", webhook.path("id").asText()), "")
        .path("webhook");
  }

  private JsonNode patch(Caller caller, JsonNode webhook, String change) throws Exception {
    return rest.call(caller, "PATCH " + ONE, Map.of("id", webhook.path("id").asText()), change);
  }

  private void patchUnchecked(JsonNode webhook, String change) {
    try {
      patch(ADMIN, webhook, change);
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  private Response answer(
      String route, Map<String, String> path, Map<String, String> headers, String body)
      throws Exception {
    return rest.answer(ADMIN, route, path, Map.of(), headers, body);
  }

  private static ApiException assertRefused(Reason reason, Executable call) {
    ApiException refused = assertThrows(ApiException.class, call);
    assertEquals(reason, refused.reason(), refused.getMessage());
    return refused;
  }

  private static String webhook(String name, long workspaceId) {
    return """
        {"name": "%s", "workspaceId": %d, "url": "https://receiver.example/s3cret",
         "webhookType": "WEBHOOK_TYPE_DEFAULT",
         "triggers": [{"triggerType": "TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE",
           "condition": {"state": "COMPLETED"}}]}
        """
        .formatted(name, workspaceId);
  }
}

package org.expmaster.webhook.rest;

import static org.expmaster.webhook.rest.RestCalls.ONE;
import static org.expmaster.webhook.rest.RestCalls.assertRefused;
import static org.expmaster.webhook.rest.RestFixture.ADMIN;
import static org.expmaster.webhook.rest.RestFixture.ANN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.ApiException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** Checks that an edit changes the requested fields and no others. */
class WebhookEditTest extends RestOnSqlite {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String ERROR =
      "{\"triggerType\":\"TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE\",\"condition\":{\"state\":\"ERROR\"}}";

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
    ObjectNode before = calls.create(ADMIN, "mine", 3);

    assertEquals("{}", calls.patch(ADMIN, before, change).toString());

    before.set(field, JSON.readTree(value));
    before.put("version", 2);
    assertEquals(before, calls.read(ADMIN, before));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SLACK", "MSTEAMS", "DISCORD"})
  void aWebhookThatBecomesAMessageMayHaveAWordingAndMustLoseItBeforeItIsNone(String type)
      throws Exception {
    ObjectNode webhook = calls.create(ADMIN, "mine", 3);
    String change = "{\"webhookType\": \"WEBHOOK_TYPE_%s\", \"template\": \"{{user}}, look\"}";
    calls.patch(ADMIN, webhook, change.formatted(type));
    JsonNode edited = calls.read(ADMIN, webhook);
    assertEquals(type, edited.path("format").stringValue());
    assertEquals("{{user}}, look", edited.path("template").stringValue());
    String back = "{\"format\": \"DEFAULT\"%s}";
    assertRefused(Reason.INVALID_ARGUMENT, () -> calls.patch(ADMIN, webhook, back.formatted("")));
    calls.patch(ADMIN, webhook, back.formatted(", \"template\": \"\""));
    assertEquals("", calls.read(ADMIN, webhook).path("template").stringValue());
  }

  @Test
  void triggersChangeAsAWhole() throws Exception {
    ObjectNode webhook = calls.create(ADMIN, "mine", 3);
    calls.patch(ADMIN, webhook, "{\"triggers\": [" + ERROR + "]}");
    JsonNode triggers = calls.read(ADMIN, webhook).path("triggers");
    assertEquals(1, triggers.size());
    assertEquals("ERROR", triggers.at("/0/condition/state").stringValue());
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
    ObjectNode before = calls.create(ADMIN, "mine", 3);
    calls.patch(ADMIN, before, change);
    before.put("version", 2);
    assertEquals(before, calls.read(ADMIN, before));
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
    calls.create(ADMIN, "taken", 3);
    ObjectNode before = calls.create(ADMIN, "mine", 3);
    ApiException refused =
        assertRefused(Reason.INVALID_ARGUMENT, () -> calls.patch(ADMIN, before, change));
    assertTrue(refused.getMessage().startsWith(field + " "), refused.getMessage());
    assertEquals(before, calls.read(ADMIN, before));
  }

  @Test
  void whoEditsMustBeAllowedToWhereItIsAndWhereItShallBe() throws Exception {
    ObjectNode anns = calls.create(ANN, "", 3);
    assertRefused(Reason.PERMISSION_DENIED, () -> calls.patch(ANN, anns, "{\"workspaceId\": 4}"));
    assertRefused(Reason.PERMISSION_DENIED, () -> calls.patch(ANN, anns, "{\"workspaceId\": 0}"));
    assertRefused(Reason.PERMISSION_DENIED, () -> calls.patch(ANN, anns, "{\"workspaceId\": 99}"));
    assertEquals(anns, calls.read(ANN, anns));
    assertRefused(
        Reason.PERMISSION_DENIED,
        () -> calls.patch(ANN, calls.create(ADMIN, "", 0), "{\"url\": 1}"));
  }

  @Test
  void onlyAUrlThatChangesIsCheckedAgainForWhereItLeads() throws Exception {
    ObjectNode webhook = calls.create(ADMIN, "mine", 0);
    List<String> checked = new ArrayList<>();
    rest.urlCheck = url -> checked.add(url.toString());
    calls.patch(ADMIN, webhook, "{\"name\": \"new\"}");
    assertEquals(List.of(), checked);
    calls.patch(ADMIN, webhook, "{\"url\": \"https://other.example/\"}");
    assertEquals(List.of("https://other.example/"), checked);
  }

  @Test
  void whoMaySeeOneMayReadItAndWhoMayNotCannotTellThatItExists() throws Exception {
    ObjectNode all = calls.create(ADMIN, "", 0);
    ObjectNode bobs = calls.create(ADMIN, "", 4);
    all.put("mayEdit", false)
        .put("maySeeDeliveries", false)
        .put("url", "https://receiver.example/***");
    assertEquals(all, calls.read(ANN, all));
    ApiException hidden = assertRefused(Reason.NOT_FOUND, () -> calls.read(ANN, bobs));
    String id = bobs.path("id").asString();
    bobs.put("id", 999);
    ApiException none = assertRefused(Reason.NOT_FOUND, () -> calls.read(ANN, bobs));
    assertEquals(none.getMessage().replace("999", "ID"), hidden.getMessage().replace(id, "ID"));
  }

  @Test
  void deliveringIsToldOfAnotherUrlAndOfAnEndAndOfNothingElse() throws Exception {
    JsonNode webhook = calls.create(ADMIN, "", 0);
    calls.patch(ADMIN, webhook, "{\"name\": \"renamed\"}");
    assertEquals(List.of(), rest.decided);
    long id = webhook.path("id").asLong();
    calls.patch(ADMIN, webhook, "{\"url\": \"https://other.example\"}");
    assertEquals(List.of(id), rest.decided);
    rest.call(ADMIN, "DELETE " + ONE, Map.of("id", Long.toString(id)), "");
    assertEquals(List.of(id, id), rest.decided);
  }
}

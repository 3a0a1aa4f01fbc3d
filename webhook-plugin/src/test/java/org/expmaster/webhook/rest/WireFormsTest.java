package org.expmaster.webhook.rest;

import static org.expmaster.webhook.rest.RestFixture.ADMIN;
import static org.expmaster.webhook.rest.RestFixture.ANN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.webhook.health.Health;
import org.expmaster.webhook.registry.Trigger;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.WebhookMode;
import org.expmaster.webhook.registry.WebhookType;
import org.expmaster.webhook.testing.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks that Determined's clients can read every answer, and what they may write. */
class WireFormsTest extends RestOnSqlite {
  private static final String ALL = "/api/v1/webhooks";
  private static final String ONE = ALL + "/{id}";
  private static final String TRIGGERS =
      "\"triggers\": [{\"triggerType\": \"TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE\","
          + " \"condition\": {\"state\": \"ERROR\"}}]";

  /** All that the original's clients know; they refuse a whole list for one other value. */
  private static final Set<String> KNOWN_TYPES =
      Set.of("WEBHOOK_TYPE_DEFAULT", "WEBHOOK_TYPE_SLACK");

  @ParameterizedTest
  @EnumSource
  void everyTypeIsAskedForInEitherFieldAndAnsweredAsTheClientsKnowIt(WebhookType type)
      throws Exception {
    JsonNode byFormat = create("\"format\": \"" + type + "\"");
    JsonNode byType = create("\"webhookType\": \"WEBHOOK_TYPE_" + type + "\"");
    for (JsonNode made : new JsonNode[] {byFormat, byType}) {
      assertEquals(type.name(), made.path("format").stringValue());
      assertTrue(KNOWN_TYPES.contains(made.path("webhookType").stringValue()), made.toString());
      String written =
          "\"webhookType\": %s, \"format\": %s"
              .formatted(made.path("webhookType"), made.path("format"));
      assertEquals(made.path("format"), create(written).path("format"), "what is read is taken");
    }
    for (JsonNode listed : rest.call(ADMIN, "GET " + ALL, Map.of(), "").path("webhooks")) {
      assertTrue(KNOWN_TYPES.contains(listed.path("webhookType").stringValue()), listed.toString());
    }
  }

  @ParameterizedTest
  @CsvSource({"9, 'is 9, '", "-1, 'is -1, '", "true, 'is of type boolean, '"})
  void aValueThatIsNoNumberOfTheEnumIsNamed(String written, String said) {
    ApiException wrong =
        assertThrows(ApiException.class, () -> create("\"webhookType\": " + written));
    assertEquals(
        "webhookType "
            + said
            + "and must be one of WEBHOOK_TYPE_UNSPECIFIED, WEBHOOK_TYPE_DEFAULT,"
            + " WEBHOOK_TYPE_SLACK",
        wrong.getMessage());
  }

  @Test
  void everyKindOfTriggerIsTakenAsItIsWritten() throws Exception {
    List<Trigger> all = Fixtures.oneTriggerOfEachKind();
    Webhook webhook =
        Fixtures.webhook(
            1,
            WebhookMode.SPECIFIC,
            IntStream.range(0, all.size())
                .mapToObj(i -> new Webhook.StoredTrigger(i, all.get(i)))
                .toList());
    ObjectNode written = WebhookJson.of(webhook, Health.WELL);
    assertEquals(all, new RequestedWebhook(written).check().triggers());
    for (JsonNode trigger : written.path("triggers")) {
      assertTrue(WebhookJson.TRIGGER_TYPES.contains(trigger.path("triggerType").stringValue()));
    }
  }

  @Test
  void aTypeAndAFormatThatContradictEachOtherAreRefused() {
    ApiException refused =
        assertThrows(
            ApiException.class,
            () -> create("\"webhookType\": \"WEBHOOK_TYPE_SLACK\", \"format\": \"DISCORD\""));
    assertEquals(
        "webhookType is WEBHOOK_TYPE_SLACK, which does not go with format DISCORD;"
            + " leave one of them out",
        refused.getMessage());
    refused = assertThrows(ApiException.class, () -> create("\"format\": \"PIGEON\""));
    assertTrue(refused.getMessage().startsWith("format is \"PIGEON\", and must be one of DEFAULT"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      value = {
        "{\"webhookType\": \"WEBHOOK_TYPE_DEFAULT\", \"name\": \"n\"} | MSTEAMS",
        "{\"webhookType\": \"WEBHOOK_TYPE_SLACK\"} | SLACK",
        "{\"webhookType\": 2} | SLACK",
        "{\"webhookType\": \"WEBHOOK_TYPE_DISCORD\"} | DISCORD",
        "{\"format\": \"DEFAULT\"} | DEFAULT",
        "{\"format\": \"DISCORD\"} | DISCORD",
        "{\"name\": \"n\"} | MSTEAMS",
      })
  void anEditByAClientThatKnowsNoFormatsKeepsTheFormat(String changes, String format)
      throws Exception {
    JsonNode made = create("\"format\": \"MSTEAMS\"");
    Map<String, String> id = Map.of("id", made.path("id").asString());
    rest.call(ADMIN, "PATCH " + ONE, id, changes);
    JsonNode edited = rest.call(ADMIN, "GET " + ONE, id, "").path("webhook");
    assertEquals(format, edited.path("format").stringValue());
  }

  @Test
  void numbersOfEnumsAndIntegersAsTextAreTaken() throws Exception {
    JsonNode made =
        rest.call(
                ADMIN,
                "POST " + ALL,
                Map.of(),
                """
                {"url": "https://receiver.example/", "webhookType": 2, "mode": 2,
                 "workspaceId": "3", "triggers": [
                  {"triggerType": 1, "condition": {"state": "ERROR"}},
                  {"triggerType": 2,
                   "condition": {"metric": "acc", "operator": ">=", "value": 0.9}},
                  {"triggerType": 3, "condition": {"regex": "x"}},
                  {"triggerType": 4}]}
                """)
            .path("webhook");
    assertEquals("WEBHOOK_TYPE_SLACK", made.path("webhookType").stringValue());
    assertEquals("WEBHOOK_MODE_SPECIFIC", made.path("mode").stringValue());
    assertEquals(3, made.path("workspaceId").intValue());
    assertEquals(
        "TRIGGER_TYPE_METRIC_THRESHOLD_EXCEEDED", made.at("/triggers/1/triggerType").stringValue());
    assertEquals("TRIGGER_TYPE_TASK_LOG", made.at("/triggers/2/triggerType").stringValue());
    assertEquals("TRIGGER_TYPE_CUSTOM", made.at("/triggers/3/triggerType").stringValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      value = {
        "\"webhookType\": 3 | webhookType",
        "\"webhookType\": -1 | webhookType",
        "\"webhookType\": 1.5 | webhookType",
        "\"webhookType\": 0 | webhookType is missing",
        "\"webhookType\": 1, \"mode\": 9 | mode",
        "\"webhookType\": 1, \"workspaceId\": \"three\" | workspaceId",
        "\"webhookType\": 1, \"workspaceId\": \"99999999999999999999\" | workspaceId",
      })
  void aNumberThatMeansNothingIsNamed(String fields, String message) {
    ApiException refused = assertThrows(ApiException.class, () -> create(fields));
    assertTrue(refused.getMessage().startsWith(message), refused.getMessage());
  }

  @Test
  void whoMayNotEditSeesSchemeAndHostAlone() throws Exception {
    rest.call(
        ADMIN,
        "POST " + ALL,
        Map.of(),
        "{\"url\": \"https://hooks.slack.com:8443/services/T0/B0/s3cret?a=s3cret\","
            + " \"webhookType\": 2, "
            + TRIGGERS
            + "}");
    JsonNode list = rest.call(ANN, "GET " + ALL, Map.of(), "");
    assertEquals("https://hooks.slack.com:8443/***", list.at("/webhooks/0/url").stringValue());
    JsonNode one = rest.call(ANN, "GET " + ONE, Map.of("id", "1"), "");
    assertEquals("https://hooks.slack.com:8443/***", one.at("/webhook/url").stringValue());
    JsonNode admins = rest.call(ADMIN, "GET " + ONE, Map.of("id", "1"), "");
    assertTrue(admins.at("/webhook/url").stringValue().contains("s3cret"));
  }

  @Test
  void webhooksOfAllWorkspacesMayShareAName() throws Exception {
    String named = "\"webhookType\": 1, \"name\": \"ci\"";
    create(named);
    create(named);
    String inThree = named + ", \"workspaceId\": 3";
    create(inThree);
    ApiException refused = assertThrows(ApiException.class, () -> create(inThree));
    assertEquals(
        "name is \"ci\", which another webhook of the workspace has", refused.getMessage());
  }

  private JsonNode create(String fields) throws Exception {
    String webhook = "{\"url\": \"https://receiver.example/\", " + fields + ", " + TRIGGERS + "}";
    return rest.call(ADMIN, "POST " + ALL, Map.of(), webhook).path("webhook");
  }
}

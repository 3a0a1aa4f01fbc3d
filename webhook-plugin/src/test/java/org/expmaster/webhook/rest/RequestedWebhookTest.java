package org.expmaster.webhook.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.expmaster.webhook.rest.RequestBodies.TRIGGERS;
import static org.expmaster.webhook.rest.RequestBodies.TYPE;
import static org.expmaster.webhook.rest.RequestBodies.URL;
import static org.expmaster.webhook.rest.RequestBodies.assertInvalid;
import static org.expmaster.webhook.rest.RequestBodies.assertNames;
import static org.expmaster.webhook.rest.RequestBodies.check;
import static org.expmaster.webhook.rest.RequestBodies.complete;
import static org.expmaster.webhook.rest.RequestBodies.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.webhook.registry.Endpoint;
import org.expmaster.webhook.registry.PayloadForm;
import org.expmaster.webhook.registry.Trigger.StateChange;
import org.expmaster.webhook.registry.WebhookDraft;
import org.expmaster.webhook.registry.WebhookMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fields of a webhook that is asked for. */
class RequestedWebhookTest {
  @Test
  void everyFieldIsReadInCamelCase() {
    assertEquals(
        draft("mine", WebhookMode.SPECIFIC, OptionalLong.of(3)),
        check(
            """
            {"name": "mine", "url": "https://receiver.example/hook",
             "webhookType": "WEBHOOK_TYPE_DEFAULT", "workspaceId": 3,
             "mode": "WEBHOOK_MODE_SPECIFIC",
             "triggers": [
               {"triggerType": "TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE",
                "condition": {"state": "COMPLETED"}},
               {"triggerType": "TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE",
                "condition": {"state": "ERROR"}}]}
            """));
  }

  @Test
  void everyFieldIsReadInSnakeCase() {
    assertEquals(
        draft("mine", WebhookMode.SPECIFIC, OptionalLong.of(3)),
        check(
            """
            {"name": "mine", "url": "https://receiver.example/hook",
             "webhook_type": "WEBHOOK_TYPE_DEFAULT", "workspace_id": 3,
             "mode": "WEBHOOK_MODE_SPECIFIC",
             "triggers": [
               {"trigger_type": "TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE",
                "condition": {"state": "COMPLETED"}},
               {"trigger_type": "TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE",
                "condition": {"state": "ERROR"}}]}
            """));
  }

  private static WebhookDraft draft(String name, WebhookMode mode, OptionalLong workspaceId) {
    return new WebhookDraft(
        name,
        Endpoint.at("https://receiver.example/hook"),
        PayloadForm.DEFAULT,
        mode,
        workspaceId,
        List.of(
            new StateChange(ExperimentState.COMPLETED), new StateChange(ExperimentState.ERROR)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ", \"name\": null, \"workspaceId\": null, \"mode\": null",
        ", \"name\": \"\", \"workspaceId\": 0, \"mode\": \"WEBHOOK_MODE_UNSPECIFIED\"",
        ", \"workspace_id\": 0"
      })
  void whatIsNotWrittenHasTheDocumentedMeaning(String more) {
    WebhookDraft draft = check(complete(more));
    assertEquals("", draft.name());
    assertEquals(OptionalLong.empty(), draft.workspaceId(), "all workspaces");
    assertEquals(WebhookMode.WORKSPACE, draft.mode());
  }

  @Test
  void unknownFieldsAreIgnoredAtEveryLevel() {
    WebhookDraft draft =
        check(
            """
            {"id": 17, "url": "https://receiver.example/hook", "color": [1, {"a": null}],
             "webhookType": "WEBHOOK_TYPE_DEFAULT",
             "triggers": [
               {"id": 3, "webhookId": 17, "shape": 1,
                "triggerType": "TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE",
                "condition": {"state": "COMPLETED", "mood": "good"}}]}
            """);
    assertEquals(List.of(new StateChange(ExperimentState.COMPLETED)), draft.triggers());
  }

  @ParameterizedTest
  @MethodSource("wrongFields")
  void aWrongFieldIsAnInvalidArgumentThatNamesIt(String field, String body) {
    assertNames(field, assertInvalid(body));
  }

  static Stream<Arguments> wrongFields() {
    return Stream.of(
            Stream.of("", ", \"url\": null", ", \"url\": \"\"", ", \"url\": \"  \"")
                .map(url -> arguments("url", "{" + TYPE + ", " + TRIGGERS + url + "}")),
            Stream.of("1", "true", "[]", "{}")
                .map(
                    url -> arguments("url", "{" + TYPE + "," + TRIGGERS + ",\"url\":" + url + "}")),
            Stream.of("", ", \"webhookType\": null")
                .map(type -> arguments("webhookType", "{" + URL + ", " + TRIGGERS + type + "}")),
            Stream.of("\"\"", "\"DEFAULT\"", "\"WEBHOOK_TYPE_UNSPECIFIED\"", "\"x\"", "3", "[]")
                .flatMap(
                    type ->
                        Stream.of("webhookType", "webhook_type")
                            .map(
                                name ->
                                    arguments(
                                        "webhookType",
                                        "{" + URL + "," + TRIGGERS + ",\"" + name + "\":" + type
                                            + "}"))),
            Stream.of("\"\"", "\"SPECIFIC\"", "\"webhook_mode_specific\"", "3", "[]")
                .map(mode -> arguments("mode", complete(", \"mode\": " + mode))),
            Stream.of("1", "true", "[]", "{}")
                .map(name -> arguments("name", complete(", \"name\": " + name))),
            Stream.of(
                    "-1",
                    "1.5",
                    "1.0",
                    "1e2",
                    "\"3.0\"",
                    "true",
                    "[]",
                    "9223372036854775808",
                    "18446744073709551619")
                .flatMap(
                    id ->
                        Stream.of("workspaceId", "workspace_id")
                            .map(
                                name ->
                                    arguments(
                                        "workspaceId", complete(", \"" + name + "\": " + id)))),
            Stream.of("", ", \"triggers\": null", ", \"triggers\": []", ", \"triggers\": {}")
                .map(list -> arguments("triggers", "{" + URL + ", " + TYPE + list + "}")))
        .flatMap(stream -> stream);
  }

  @Test
  void aNameMayHave250CharactersOfAnyKind() {
    String longest = "\\\"🎉ם \\n".repeat(25) + "x".repeat(100);
    assertEquals(250, check(complete(", \"name\": \"" + longest + "\"")).name().length());
    ApiException refused = assertInvalid(complete(", \"name\": \"" + longest + "y\""));
    assertNames("name", refused);
    assertTrue(refused.getMessage().contains("251"), refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\\u0000b", "\\ud83c", "\\udf89a", "a\\ud83c\\ud83c\\udf89"})
  void aNameThatADatabaseWouldNotKeepAsItIsIsInvalid(String name) {
    assertNames("name", assertInvalid(complete(", \"name\": \"" + name + "\"")));
  }

  @Test
  void whereItIsToLiveCanBeAskedBeforeTheRestIsRight() {
    RequestedWebhook requested = read("{\"workspaceId\": 3, \"url\": 1}".getBytes(UTF_8));
    assertEquals(OptionalLong.of(3), requested.workspaceId());
    assertThrows(ApiException.class, requested::check);
  }
}

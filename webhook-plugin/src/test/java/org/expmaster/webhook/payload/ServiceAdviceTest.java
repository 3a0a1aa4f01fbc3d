package org.expmaster.webhook.payload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.expmaster.webhook.advice.Advice;
import org.expmaster.webhook.registry.PayloadForm;
import org.expmaster.webhook.registry.WebhookType;
import org.expmaster.webhook.testing.FailuresDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the services' answers mean, as the services give them. */
class ServiceAdviceTest {
  private final Payloads payloads = new Payloads(1, Optional.empty());

  @ParameterizedTest
  @CsvSource({
    "404, no_service",
    "404, 'no_team\n'",
    "410, channel_is_archived",
    "400, invalid_blocks",
    "403, action_prohibited",
  })
  void slackAnswersWithACodeAlone(int status, String response) {
    assertEquals(known(SlackAnswers.all(), response.strip()), of("SLACK", status, response));
  }

  @Test
  void slackMayAlsoAnswerWithJson() {
    assertEquals(
        known(SlackAnswers.all(), "no_service"),
        of("SLACK", 404, "{\"ok\":false,\"error\":\"no_service\"}"));
  }

  @Test
  void mattermostTakesSlacksFormatAndAnswersWithAnId() {
    assertEquals(
        known(MattermostAnswers.all(), "web.incoming_webhook.invalid.app_error"),
        of(
            "SLACK",
            400,
            """
            {"id":"web.incoming_webhook.invalid.app_error","message":"Invalid webhook.",\
            "detailed_error":"","request_id":"x1","status_code":400}"""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TriggerInputSchemaMismatch",
        "WorkflowTriggerIsNotEnabled",
        "WorkflowNotFound",
        "DirectApiAuthorizationRequired",
      })
  void workflowsAnswerWithAnErrorCode(String code) {
    assertEquals(
        known(TeamsAnswers.all(), code),
        of("MSTEAMS", 400, "{\"error\":{\"code\":\"" + code + "\",\"message\":\"What it is.\"}}"));
  }

  @ParameterizedTest
  @CsvSource({"202, ''", "401, <html>", "403, {}", "404, ''"})
  void theStatusOfAWorkflowSaysMoreThanThatOfAnyServer(int status, String response) {
    assertEquals(known(TeamsAnswers.all(), "status " + status), of("MSTEAMS", status, response));
  }

  @Test
  void aConnectorSaysSuccessAndThatItFailed() {
    String failed =
        "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error"
            + " %d with ContextId tcid=0,server=x..";
    assertEquals(
        known(TeamsAnswers.all(), "Microsoft Teams endpoint returned HTTP error 429"),
        of("MSTEAMS", 200, failed.formatted(429)));
    assertEquals(
        known(TeamsAnswers.all(), "Webhook message delivery failed with error"),
        of("MSTEAMS", 200, failed.formatted(400)));
    assertEquals(Optional.empty(), of("MSTEAMS", 200, "1"));
    assertEquals(Optional.empty(), of("MSTEAMS", 200, "log: " + failed.formatted(429)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SLACK | invalid_blocks",
        "DISCORD | {\"code\":10015}",
        "MSTEAMS | Summary or Text is required.",
        "DEFAULT | no_service",
      })
  void whatIsKnownOfRefusalsIsNotSaidOfASuccess(String type, String response) {
    assertEquals(Optional.empty(), of(type, 200, response));
    assertEquals(Optional.empty(), otherForm(type, 200, response));
  }

  @Test
  void aWorkflowThatHasBegunIsNoConnectorWhateverItAnswers() {
    assertEquals(
        known(TeamsAnswers.all(), "status 202"),
        of("MSTEAMS", 202, "Summary or Text is required."));
  }

  @Test
  void aConnectorThatRefusesSaysItInASentence() {
    assertEquals(
        known(TeamsAnswers.all(), "Summary or Text is required"),
        of("MSTEAMS", 400, "Summary or Text is required."));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10015 | 404 | {\"message\": \"Unknown Webhook\", \"code\": 10015}",
        "50027 | 401 | {\"message\": \"Invalid Webhook Token\", \"code\": 50027}",
        "50006 | 400 | {\"message\": \"Cannot send an empty message\", \"code\": 50006}",
        "50035 | 400 | {\"message\":\"Invalid Form Body\",\"code\":50035,\"errors\":{\"embeds\":{\"0",
        "status 429 | 429 | {\"message\": \"You are\", \"retry_after\": 0.5, \"global\": false}",
      })
  void discordAnswersWithANumberThatMayComeInABodyCutOff(String seen, int status, String response) {
    assertEquals(known(DiscordAnswers.all(), seen), of("DISCORD", status, response));
  }

  @ParameterizedTest
  @EnumSource(
      value = WebhookType.class,
      names = {"DEFAULT", "CLOUDEVENTS", "MSTEAMS", "DISCORD"})
  void aWebhookWithTheWrongFormatIsToldSo(WebhookType type) {
    assertEquals(
        Optional.of(ServiceAdvice.otherFormat(WebhookType.SLACK, "Slack")),
        otherForm(type.name(), 400, "no_text"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "410 | no_service",
        "429 | rate_limited",
        "413 | {\"code\":40005}",
        "401 | {\"error\":{\"code\":\"AuthorizationFailed\"}}",
        "500 | rollup_error",
      })
  void aStatusWithAMeaningOfItsOwnIsNoGroundForAGuess(int status, String response) {
    assertEquals(Optional.empty(), of("DEFAULT", status, response));
    assertEquals(Optional.empty(), otherForm("DEFAULT", status, response));
    assertEquals(Optional.empty(), otherForm("CLOUDEVENTS", status, response));
  }

  @Test
  void anAnswerOfTheFormatsOwnServiceIsNoGroundEither() {
    assertEquals(Optional.empty(), otherForm("SLACK", 404, "no_service"));
  }

  @ParameterizedTest
  @EnumSource(WebhookType.class)
  void nothingIsSaidOfAnAnswerThatIsNotKnown(WebhookType type) {
    assertEquals(Optional.empty(), of(type.name(), 500, "{\"error\":{\"code\":\"Whatever\"}}"));
    assertEquals(Optional.empty(), of(type.name(), 204, ""));
  }

  @Test
  void theDocumentSaysTheSame() {
    FailuresDocument.assertSays("Slack answered", quoted(SlackAnswers.all()));
    FailuresDocument.assertSays("Mattermost answered", quoted(MattermostAnswers.all()));
    FailuresDocument.assertSays("Teams answered", quoted(TeamsAnswers.all()));
    FailuresDocument.assertSays("Discord answered", quoted(DiscordAnswers.all()));
    FailuresDocument.assertSays(
        "The format is another service's",
        Map.of(
            "the answer of a service that takes another format, such as Slack",
            ServiceAdvice.otherFormat(WebhookType.SLACK, "Slack")));
  }

  private static Map<String, Advice> quoted(KnownAnswers known) {
    Map<String, Advice> quoted = new LinkedHashMap<>();
    known
        .all()
        .forEach(
            (seen, advice) ->
                quoted.put(seen.startsWith("status ") ? seen : "`" + seen + "`", advice));
    return quoted;
  }

  private static Optional<Advice> known(KnownAnswers service, String seen) {
    return Optional.of(service.all().get(seen));
  }

  private Optional<Advice> otherForm(String type, int status, String response) {
    return payloads.otherForm(new PayloadForm(WebhookType.valueOf(type), 0, ""), status, response);
  }

  private Optional<Advice> of(String type, int status, String response) {
    return payloads.advice(new PayloadForm(WebhookType.valueOf(type), 0, ""), status, response);
  }
}

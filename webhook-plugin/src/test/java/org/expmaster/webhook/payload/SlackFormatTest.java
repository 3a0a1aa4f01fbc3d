package org.expmaster.webhook.payload;

import static org.expmaster.webhook.registry.WebhookType.SLACK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.webhook.event.WebhookEvent;
import org.expmaster.webhook.registry.PayloadForm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SlackFormatTest {
  private static final Pattern BROKEN_ESCAPE = Pattern.compile("&(?!(amp|lt|gt);)");
  private static final String BASE = "https://det.example/master/det/";

  @Test
  void aCompletedExperimentReadsAsDocumented() {
    JsonNode message = render(ChatFixture.PLAIN, "cifar10", ExperimentState.COMPLETED);
    assertEquals(
        "{\"blocks\":[{\"type\":\"section\",\"text\":{\"type\":\"plain_text\","
            + "\"text\":\"Your experiment completed successfully 🎉\"}}],"
            + "\"attachments\":[{\"color\":\"#13B670\","
            + "\"fallback\":\"✅ cifar10 (#7)\",\"blocks\":[{\"type\":\"section\","
            + "\"text\":{\"type\":\"mrkdwn\",\"text\":\"✅ cifar10 (#7)\",\"verbatim\":true},"
            + "\"fields\":["
            + field("*Status*: Completed")
            + ","
            + field("*Duration*: 5h 6min")
            + ","
            + field("*Workspace*: Vehicles")
            + ","
            + field("*Project*: Light")
            + "]}]}],"
            + "\"text\":\"Your experiment completed successfully 🎉: ✅ cifar10 (#7)\"}",
        message.toString());
  }

  @Test
  void everyMessageHasATextAsMattermostRequiresAndNoBlockWithoutOneAsSlackDoes() {
    ChatFixture.hostile(SLACK)
        .map(ChatFixture::read)
        .forEach(
            message -> {
              assertFalse(message.path("text").asString().isBlank(), message::toString);
              String section = message.at("/blocks/0/text/text").asString();
              assertFalse(section.isEmpty(), message::toString);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "COMPLETED, Your experiment completed successfully 🎉, ✅ n (#7), #13B670, Completed",
    "ERROR, Your experiment has stopped with errors, ❌ n (#7), #DD5040, Errored",
    "RUNNING, The status of your experiment is RUNNING, n (#7), #009bde, RUNNING",
    "CANCELED, The status of your experiment is CANCELED, n (#7), #009bde, CANCELED"
  })
  void eachStateHasItsSentenceTitleColourAndStatus(
      ExperimentState state, String sentence, String title, String colour, String status) {
    JsonNode message = render(ChatFixture.PLAIN, "n", state);
    assertEquals(sentence, message.at("/blocks/0/text/text").stringValue());
    assertEquals(colour, message.at("/attachments/0/color").stringValue());
    assertEquals(title, message.at("/attachments/0/blocks/0/text/text").stringValue());
    assertEquals("*Status*: " + status, fields(message).get(0));
  }

  @Test
  void withABaseUrlTitleWorkspaceAndProjectAreLinks() {
    JsonNode message = render(ChatFixture.LINKED, "n", ExperimentState.COMPLETED);
    assertEquals(
        "✅ <" + BASE + "experiments/7/overview | n (#7)>",
        message.at("/attachments/0/blocks/0/text/text").stringValue());
    assertEquals(
        "*Workspace*: <" + BASE + "workspaces/5/projects | Vehicles>", fields(message).get(2));
    assertEquals("*Project*: <" + BASE + "projects/12 | Light>", fields(message).get(3));
  }

  @Test
  void anAlertCarriesWhatItSaysInItsMessageAndTheTrialBesideTheExperiment() {
    JsonNode message =
        ChatFixture.render(
            ChatFixture.PLAIN,
            SLACK,
            Events.alert(
                Events.experiment("n", ExperimentState.RUNNING),
                OptionalLong.of(3),
                "low <disk>",
                "now\nor never"));
    assertEquals(
        "The status of your experiment is RUNNING",
        message.at("/blocks/0/text/text").stringValue());
    assertEquals(
        List.of("*Level*: WARNING", "*Title*: low &lt;disk&gt;", "*Description*: now\nor never"),
        texts(message.at("/blocks/0/fields")));
    assertEquals("*Trial ID*: 3", fields(message).get(4));
  }

  @Test
  void aCrossedThresholdSaysWhatWasReportedAndWhatItCrossed() {
    JsonNode message =
        ChatFixture.render(
            ChatFixture.PLAIN,
            SLACK,
            Events.crossed(Events.experiment("n", ExperimentState.RUNNING), "accuracy"));
    assertEquals(
        List.of("*Metric*: accuracy", "*Value*: 0.95", "*Threshold*: &gt;= 0.9"),
        texts(message.at("/blocks/0/fields")));
    assertEquals("*Trial ID*: 3", fields(message).get(4));
  }

  @Test
  void aLogThatMatchedIsOneSectionWithTheLineTheRegexAndWhereToReadOn() {
    WebhookEvent matched =
        Events.taskLog(
            Optional.of(Events.experiment("n", ExperimentState.RUNNING)), "a < b\n```", "a.*");
    String text =
        "Experiment ID `7`, Trial ID `3`, running on node `node-1`, reported a log\n"
            + "```a &lt; b\n`\u200b`\u200b````\nThis log matched the regex\n```a.*```\n";
    JsonNode linked = ChatFixture.render(ChatFixture.LINKED, SLACK, matched);
    assertEquals(
        "Experiment ID `7`, Trial ID `3`, running on node `node-1`, reported a log",
        linked.path("text").stringValue());
    assertEquals(2, linked.size());
    assertEquals("mrkdwn", linked.at("/blocks/0/text/type").stringValue());
    assertEquals(
        text + "<" + BASE + "experiments/7/trials/3/logs | View full logs here>",
        linked.at("/blocks/0/text/text").stringValue());
    JsonNode plain = ChatFixture.render(ChatFixture.PLAIN, SLACK, matched);
    assertEquals(
        text + "View full logs at /det/experiments/7/trials/3/logs",
        plain.at("/blocks/0/text/text").stringValue());
  }

  @Test
  void theLogOfATaskWithoutAnExperimentNamesTheTask() {
    JsonNode message =
        ChatFixture.render(ChatFixture.LINKED, SLACK, Events.taskLog(Optional.empty(), "x", "x"));
    assertEquals(
        "Task ID `7.3`, task type `COMMAND`, running on node `node-1`, reported a log\n"
            + "```x```\nThis log matched the regex\n```x```\n",
        message.at("/blocks/0/text/text").stringValue());
  }

  @Test
  void aNameMentionsNobodyWhereOnlyTheTextIsShown() {
    JsonNode message =
        render(
            ChatFixture.PLAIN,
            "@channel <!here> [now](http://evil.example) ![x](http://evil.example/x)",
            ExperimentState.ERROR);
    String text = message.path("text").stringValue();
    assertEquals(
        "Your experiment has stopped with errors: ❌ @\u200bchannel &lt;!here&gt;"
            + " [now]\u200b(http://evil.example) ![x]\u200b(http://evil.example/x) (#7)",
        text);
    assertEquals(
        text.substring(text.indexOf('❌')), message.at("/attachments/0/fallback").stringValue());
  }

  @Test
  void theTestSaysTest() {
    Payload test =
        ChatFixture.LINKED.test(new PayloadForm(SLACK, 0, ""), UUID.randomUUID(), Events.NOON);
    assertEquals(
        "{\"blocks\":[{\"type\":\"section\",\"text\":{\"type\":\"plain_text\",\"text\":\"test\"}}],\"text\":\"test\"}",
        ChatFixture.read(test).toString());
    assertEquals("application/json; charset=UTF-8", test.contentType());
  }

  @ParameterizedTest
  @ValueSource(strings = {"<!channel>", "a & b", "&lt;", "<http://evil.example|x>"})
  void whatSlackWouldReadAsMarkupIsEscaped(String name) {
    String title =
        render(ChatFixture.LINKED, name, ExperimentState.ERROR)
            .at("/attachments/0/blocks/0/text/text")
            .stringValue();
    String escaped = name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    assertEquals("❌ <" + BASE + "experiments/7/overview | " + escaped + " (#7)>", title);
  }

  @Test
  void whatIsTooLongIsCutToTheLimitWithAnEllipsisAndKeepsItsNumber() {
    JsonNode message = render(ChatFixture.PLAIN, "x".repeat(5_000), ExperimentState.COMPLETED);
    String title = message.at("/attachments/0/blocks/0/text/text").stringValue();
    assertEquals(3_000, title.length());
    assertTrue(title.endsWith("x… (#7)"), title);
  }

  @Test
  void nothingHostileGetsPastALimitBreaksAnEscapeOrMentionsAnyone() {
    ChatFixture.hostile(SLACK)
        .map(ChatFixture::read)
        .forEach(
            message -> {
              message.findParents("type").forEach(SlackFormatTest::assertWithinLimits);
              ChatFixture.texts(message)
                  .forEach(
                      text -> {
                        assertFalse(BROKEN_ESCAPE.matcher(text).find(), text);
                        assertFalse(text.contains("<!"), text);
                        assertFalse(text.contains("<@"), text);
                        assertFalse(text.contains("<at>"), text);
                        assertFalse(text.contains("\ufffd"), text);
                        assertFalse(text.isEmpty());
                      });
            });
  }

  private static void assertWithinLimits(JsonNode node) {
    if (node.path("type").stringValue().equals("section")) {
      int length = node.at("/text/text").stringValue().length();
      assertTrue(length >= 1 && length <= 3_000, length + " characters");
      assertTrue(node.path("fields").size() <= 10);
      for (JsonNode field : node.path("fields")) {
        assertTrue(field.path("text").stringValue().length() <= 2_000, field.toString());
      }
    }
  }

  private static JsonNode render(Payloads payloads, String name, ExperimentState state) {
    return ChatFixture.render(payloads, SLACK, Events.stateChanged(Events.experiment(name, state)));
  }

  private static String field(String text) {
    return "{\"type\":\"mrkdwn\",\"text\":\"" + text + "\",\"verbatim\":true}";
  }

  private static List<String> fields(JsonNode message) {
    return texts(message.at("/attachments/0/blocks/0/fields"));
  }

  private static List<String> texts(JsonNode fields) {
    List<String> texts = new ArrayList<>();
    fields.forEach(field -> texts.add(field.path("text").stringValue()));
    return texts;
  }
}

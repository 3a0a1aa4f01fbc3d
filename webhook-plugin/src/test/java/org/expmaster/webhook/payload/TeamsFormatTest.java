package org.expmaster.webhook.payload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.expmaster.webhook.registry.WebhookType.MSTEAMS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.UUID;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.webhook.event.WebhookEvent;
import org.expmaster.webhook.registry.PayloadForm;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TeamsFormatTest {
  private static final int LIMIT = 28 * 1_024;
  private static final WebhookEvent FAILED =
      Events.stateChanged(Events.experiment("a_b <at>x</at>", ExperimentState.ERROR));

  @Test
  void anExperimentIsACardInAMessageForAWorkflow() {
    JsonNode message = ChatFixture.render(ChatFixture.LINKED, MSTEAMS, FAILED);
    assertEquals("message", message.path("type").stringValue());
    assertEquals(
        "application/vnd.microsoft.card.adaptive",
        message.at("/attachments/0/contentType").stringValue());
    JsonNode card = message.at("/attachments/0/content");
    assertEquals("AdaptiveCard", card.path("type").stringValue());
    assertEquals(
        "Your experiment has stopped with errors", card.at("/body/0/inlines/0/text").stringValue());
    JsonNode experiment = card.at("/body/1");
    assertEquals("attention", experiment.path("style").stringValue());
    JsonNode title = experiment.at("/items/0/inlines/0");
    assertEquals("TextRun", title.path("type").stringValue(), "in which no markup is read");
    assertEquals("❌ a_b <at>x</at> (#7)", title.path("text").stringValue());
    assertEquals(
        "https://det.example/master/det/experiments/7/overview",
        title.at("/selectAction/url").stringValue());
    assertEquals(
        List.of("Status: ", "Errored", "Duration: ", "5h 6min", "Workspace: ", "Vehicles"),
        experiment.findValuesAsString("text").subList(1, 7));
  }

  @Test
  void aTemplateMentionsWhomItNamesAndNobodyAnExperimentIsNamedAfter() {
    JsonNode card =
        ChatFixture.worded(MSTEAMS, "<at>ann@det.example</at>: **{{experiment.name}}**", FAILED)
            .at("/attachments/0/content");
    assertEquals(
        "<at>ann@det.example</at>: **a\\_b &lt;at&gt;x&lt;/at&gt;**",
        card.at("/body/0/text").stringValue());
    assertEquals(
        "[{\"type\":\"mention\",\"text\":\"<at>ann@det.example</at>\","
            + "\"mentioned\":{\"id\":\"ann@det.example\",\"name\":\"ann@det.example\"}}]",
        card.at("/msteams/entities").toString());
  }

  @Test
  void theTestSaysTest() {
    Payload test =
        ChatFixture.LINKED.test(new PayloadForm(MSTEAMS, 0, ""), UUID.randomUUID(), Events.NOON);
    assertEquals(
        "test",
        ChatFixture.read(test).at("/attachments/0/content/body/0/inlines/0/text").stringValue());
  }

  @Test
  void nothingHostileMakesAMessageLargerThanTeamsTakesHoweverItCounts() {
    ChatFixture.hostile(MSTEAMS)
        .forEach(
            payload -> {
              String text = new String(payload.body(), UTF_8);
              assertTrue(payload.body().length <= LIMIT, payload.body().length + " bytes");
              assertTrue(text.length() * 2 <= LIMIT, text.length() + " characters");
              assertEquals(0, ChatFixture.read(payload).findPath("entities").size());
              assertFalse(text.contains("\ufffd"), text);
            });
  }
}

package org.expmaster.webhook.payload;

import static org.expmaster.webhook.registry.WebhookType.DISCORD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.UUID;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.webhook.event.WebhookEvent;
import org.expmaster.webhook.registry.PayloadForm;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DiscordFormatTest {
  private static final WebhookEvent COMPLETED =
      Events.stateChanged(Events.experiment("a_b @everyone", ExperimentState.COMPLETED));

  @Test
  void anExperimentIsAnEmbedAndNobodyIsPinged() {
    JsonNode message = ChatFixture.render(ChatFixture.LINKED, DISCORD, COMPLETED);
    assertEquals(
        "{\"content\":\"Your experiment completed successfully 🎉\",\"embeds\":[{"
            + "\"title\":\"✅ a\\\\_b @\u200beveryone (#7)\","
            + "\"url\":\"https://det.example/master/det/experiments/7/overview\","
            + "\"color\":1291888,\"fields\":["
            + "{\"name\":\"Status\",\"value\":\"Completed\",\"inline\":true},"
            + "{\"name\":\"Duration\",\"value\":\"5h 6min\",\"inline\":true},"
            + "{\"name\":\"Workspace\",\"value\":"
            + "\"[Vehicles](https://det.example/master/det/workspaces/5/projects)\",\"inline\":true},"
            + "{\"name\":\"Project\",\"value\":"
            + "\"[Light](https://det.example/master/det/projects/12)\",\"inline\":true}]}],"
            + "\"allowed_mentions\":{\"parse\":[]}}",
        message.toString());
  }

  @Test
  void aLogThatMatchedIsShownLetterByLetter() {
    JsonNode message =
        ChatFixture.render(
            ChatFixture.PLAIN, DISCORD, Events.taskLog(Optional.empty(), "a_b ```", "a.*"));
    assertEquals(
        "```\na_b `\u200b`\u200b`\n```This log matched the regex```\na.*\n```",
        message.at("/embeds/0/description").stringValue());
  }

  @Test
  void onlyWhomTheTemplateItselfMentionsIsPinged() {
    JsonNode message =
        ChatFixture.worded(DISCORD, "<@12> <@!34> <@&56>: {{experiment.name}}", COMPLETED);
    assertEquals(
        "<@12> <@!34> <@&56>: a\\_b @\u200beveryone", message.path("content").stringValue());
    assertEquals(
        "{\"parse\":[],\"users\":[\"12\",\"34\"],\"roles\":[\"56\"]}",
        message.path("allowed_mentions").toString());
    assertEquals(
        "[\"everyone\"]",
        ChatFixture.worded(DISCORD, "@here @everyone", COMPLETED)
            .at("/allowed_mentions/parse")
            .toString());
  }

  @Test
  void theTestSaysTest() {
    Payload test =
        ChatFixture.LINKED.test(new PayloadForm(DISCORD, 0, ""), UUID.randomUUID(), Events.NOON);
    assertEquals(
        "{\"content\":\"test\",\"allowed_mentions\":{\"parse\":[]}}",
        ChatFixture.read(test).toString());
  }

  @Test
  void nothingHostileGetsPastALimitOrPingsAnyone() {
    ChatFixture.hostile(DISCORD)
        .map(ChatFixture::read)
        .forEach(
            message -> {
              String content = message.path("content").stringValue();
              assertTrue(!content.isBlank() && content.length() <= 2_000, content);
              message.path("embeds").forEach(DiscordFormatTest::assertWithinLimits);
              assertEquals(0, message.at("/allowed_mentions/parse").size());
              assertEquals(0, message.at("/allowed_mentions/users").size());
              assertFalse(content.contains("@everyone"), content);
            });
  }

  private static void assertWithinLimits(JsonNode embed) {
    String title = embed.path("title").asString();
    String description = embed.path("description").asString();
    assertTrue(title.length() <= 256, title);
    assertTrue(description.length() <= 4_096, description);
    assertTrue(embed.path("fields").size() <= 25);
    int all = title.length() + description.length();
    for (JsonNode field : embed.path("fields")) {
      String name = field.path("name").stringValue();
      String value = field.path("value").stringValue();
      assertTrue(!name.isEmpty() && name.length() <= 256, name);
      assertTrue(!value.isBlank() && value.length() <= 1_024, value);
      all += name.length() + value.length();
    }
    assertTrue(all <= 6_000, all + " in all");
  }
}

package org.expmaster.webhook.payload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.expmaster.webhook.registry.WebhookType.MSTEAMS;
import static org.expmaster.webhook.registry.WebhookType.SLACK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.expmaster.webhook.registry.PayloadForm;
import org.expmaster.webhook.registry.WebhookType;
import org.expmaster.webhook.testing.Tools;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Validates messages with the vendors' published libraries, in Node.js; skipped where there is
 * none. The formats' tests check what the libraries do not, such as lengths.
 */
@Tag("any-jdk")
class VendorValidationTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The script's exit code when npm's registry does not answer. */
  private static final int NOT_REACHED = 3;

  @TempDir Path scratch;

  private record Judged(int status, String output) {}

  @Test
  void everyMessageToSlackIsWhatSlacksOwnTypesSay() throws Exception {
    Judged judged = judge("slack", messages(SLACK));
    assertEquals(0, judged.status, judged.output);
  }

  @Test
  void everyCardToTeamsIsWhatMicrosoftsOwnTypesAndLibrarySay() throws Exception {
    Judged judged = judge("teams", messages(MSTEAMS));
    assertEquals(0, judged.status, judged.output);
  }

  @Test
  void aMessageThatSlackDoesNotKnowIsToldApart() throws Exception {
    for (String wrong :
        List.of(
            "{\"blocks\":[{\"type\":\"section\",\"text\":{\"type\":\"mrkdwn\",\"txt\":\"x\"}}]}",
            "{\"blocks\":[{\"type\":\"section\",\"text\":{\"type\":\"markdown\",\"text\":\"x\"}}]}",
            "{\"blocks\":[],\"attachments\":[{\"color\":1,\"blocks\":[]}]}")) {
      assertEquals(1, judge("slack", Stream.of(JSON.readTree(wrong))).status, wrong);
    }
  }

  @Test
  void aCardThatTeamsDoesNotKnowIsToldApart() throws Exception {
    JsonNode right =
        ChatFixture.read(
            ChatFixture.LINKED.test(
                new PayloadForm(MSTEAMS, 0, ""), UUID.randomUUID(), Events.NOON));
    Map<String, String> mistakes =
        Map.of(
            "\"RichTextBlock\"", "\"Block\"",
            "\"TextRun\"", "\"Run\"",
            "\"AdaptiveCard\"", "\"Card\"",
            "\"text\":\"test\"", "\"text\":3");
    for (var mistake : mistakes.entrySet()) {
      JsonNode wrong =
          JSON.readTree(right.toString().replace(mistake.getKey(), mistake.getValue()));
      assertNotEquals(right, wrong, mistake.getKey());
      Judged judged = judge("teams", Stream.of(wrong));
      assertEquals(1, judged.status, mistake + ": " + judged.output);
    }
  }

  private static Stream<JsonNode> messages(WebhookType type) {
    Stream<Payload> tests =
        Stream.of("", "{{user}}: {{experiment.name}}")
            .map(
                template ->
                    ChatFixture.LINKED.test(
                        new PayloadForm(type, 0, template), UUID.randomUUID(), Events.NOON));
    return Stream.concat(tests, ChatFixture.hostile(type)).map(ChatFixture::read).distinct();
  }

  private Judged judge(String what, Stream<JsonNode> messages) throws Exception {
    for (String tool : List.of("node", "npm")) {
      provided(Tools.isInstalled(tool), "there is no " + tool);
    }
    Path file = Files.writeString(scratch.resolve("messages.json"), messages.toList().toString());
    Process process =
        new ProcessBuilder(
                "node",
                Path.of("..", "docs", "validate", "validate.mjs").toString(),
                Path.of("target", "validate").toString(),
                what,
                file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    int status = process.waitFor();
    // skipped even in CI: nothing that could be installed here would help
    assumeTrue(status != NOT_REACHED, "the vendors were not asked: " + output);
    assertTrue(status <= 1, output);
    return new Judged(status, output);
  }

  private static void provided(boolean available, String otherwise) {
    String why = "the vendors were not asked: " + otherwise;
    if (!available && "true".equals(System.getenv("CI"))) {
      fail(why);
    }
    assumeTrue(available, why);
  }
}

package org.expmaster.webhook.payload;

import static org.expmaster.webhook.registry.WebhookType.MSTEAMS;
import static org.expmaster.webhook.registry.WebhookType.SLACK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.expmaster.webhook.registry.PayloadForm;
import org.expmaster.webhook.registry.WebhookType;
import org.expmaster.webhook.testing.Published;
import org.expmaster.webhook.testing.Published.Judged;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Validates messages with the vendors' published libraries, in Node.js; skipped where there is
 * none. The formats' tests check what the libraries do not, such as lengths.
 */
@Tag("any-jdk")
class VendorValidationTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Pattern JUDGED = Pattern.compile("(?m)^message (\\d+): ");

  @TempDir Path scratch;

  @Test
  void everyMessageToSlackIsWhatSlacksOwnTypesSayAndMistakesAreToldApart() throws Exception {
    List<JsonNode> wrong = new ArrayList<>();
    for (String message :
        List.of(
            "{\"blocks\":[{\"type\":\"section\",\"text\":{\"type\":\"mrkdwn\",\"txt\":\"x\"}}]}",
            "{\"blocks\":[{\"type\":\"section\",\"text\":{\"type\":\"markdown\",\"text\":\"x\"}}]}",
            "{\"blocks\":[],\"attachments\":[{\"color\":1,\"blocks\":[]}]}")) {
      wrong.add(JSON.readTree(message));
    }
    judge("slack", messages(SLACK).toList(), wrong);
  }

  @Test
  void everyCardToTeamsIsWhatMicrosoftsOwnTypesAndLibrarySayAndMistakesAreToldApart()
      throws Exception {
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
    List<JsonNode> wrong = new ArrayList<>();
    for (var mistake : mistakes.entrySet()) {
      JsonNode changed =
          JSON.readTree(right.toString().replace(mistake.getKey(), mistake.getValue()));
      assertNotEquals(right, changed, mistake.getKey());
      wrong.add(changed);
    }
    judge("teams", messages(MSTEAMS).toList(), wrong);
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

  /** Asserts that the vendor's tools accept the right messages, and reject each wrong one. */
  private void judge(String what, List<JsonNode> right, List<JsonNode> wrong) throws Exception {
    List<JsonNode> all = new ArrayList<>(right);
    all.addAll(wrong);
    Path file = Files.writeString(scratch.resolve("messages.json"), all.toString());
    Judged judged = Published.judge(what, file);
    assertEquals(1, judged.status(), judged.output());
    Set<Integer> rejected =
        JUDGED
            .matcher(judged.output())
            .results()
            .map(line -> Integer.valueOf(line.group(1)))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(
        IntStream.range(right.size(), all.size()).boxed().collect(Collectors.toSet()),
        rejected,
        judged.output());
  }
}

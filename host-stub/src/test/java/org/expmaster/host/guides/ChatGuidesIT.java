package org.expmaster.host.guides;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.MasterProcess;
import org.expmaster.host.testing.Wait;
import org.expmaster.host.testing.WebhookReceiver;
import org.expmaster.host.testing.WebhookReceiver.Answer;
import org.expmaster.host.testing.WebhookReceiver.Received;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the commands of the guides to chats. */
@Tag("any-jdk")
final class ChatGuidesIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path directory;
  private static MasterProcess master;
  private static Api admin;

  /** A chat, the least that it asks of a message, and how it answers one that it takes. */
  private enum Chat {
    SLACK(200, "/text", "/blocks/0/text/text"),
    MATTERMOST(200, "/text"),
    TEAMS(202, "/attachments/0/content/body/0"),
    DISCORD(204, "/embeds/0", "/content");

    private final int taken;
    private final List<String> anyOf;

    Chat(int taken, String... anyOf) {
      this.taken = taken;
      this.anyOf = List.of(anyOf);
    }

    Answer answer(Received request) {
      JsonNode message = read(request);
      boolean enough =
          anyOf.stream()
              .map(message::at)
              .anyMatch(part -> part.isContainerNode() || !part.asText().isBlank());
      return Answer.status(enough ? taken : 400);
    }
  }

  @BeforeAll
  static void start() throws IOException {
    master = MasterProcess.start(directory, Map.of());
    admin = master.admin();
  }

  @AfterAll
  static void stop() {
    master.close();
  }

  @ParameterizedTest
  @EnumSource
  void theCommandsOfTheGuideLeadToAMessageThatTheChatTakes(Chat chat) throws Exception {
    try (WebhookReceiver receiver = WebhookReceiver.start()) {
      receiver.answer(chat::answer);
      String name = chat.name().toLowerCase(Locale.ROOT);
      Shell.run(name + ".md", master, receiver.url("/secret"), directory);
      admin.experiment("name: größe <!channel> @here\nentrypoint: exit 0\n");
      List<Received> received = receiver.await(2, RotatedMaster.SOON);
      String path = "/api/v1/webhooks/" + idOf(name) + "/deliveries?state=DELIVERED";
      Wait.until(
          "it is delivered",
          RotatedMaster.SOON,
          () -> admin.get(path).ok().get("deliveries").size() == 1);
      String message = received.get(1).text();
      assertTrue(message.contains("größe"), message);
      assertTrue(message.contains("COMPLETED"), "it is not in the guide's wording: " + message);
    }
  }

  private static long idOf(String name) {
    for (JsonNode webhook : admin.get("/api/v1/webhooks").ok().get("webhooks")) {
      if (webhook.get("name").asText().equals(name)) {
        return webhook.get("id").asLong();
      }
    }
    throw new AssertionError("there is no webhook " + name);
  }

  private static JsonNode read(Received request) {
    try {
      return JSON.readTree(request.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

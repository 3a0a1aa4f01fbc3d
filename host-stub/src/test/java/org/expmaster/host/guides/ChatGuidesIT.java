package org.expmaster.host.guides;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.MasterProcess;
import org.expmaster.host.testing.Wait;
import org.expmaster.host.testing.WebhookReceiver;
import org.expmaster.host.testing.WebhookReceiver.Answer;
import org.expmaster.host.testing.WebhookReceiver.Received;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the commands of the guides to chats and to experiments, against one master each. */
final class ChatGuidesIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;
  private MasterProcess master;
  private WebhookReceiver receiver;
  private Api admin;

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

  @BeforeEach
  void start() throws IOException {
    master = MasterProcess.start(directory, Map.of());
    receiver = WebhookReceiver.start();
    admin = master.admin();
  }

  @AfterEach
  void stop() {
    receiver.close();
    master.close();
  }

  @ParameterizedTest
  @EnumSource
  void theCommandsOfTheGuideLeadToAMessageThatTheChatTakes(Chat chat) throws Exception {
    receiver.answer(chat::answer);
    String guide = chat.name().toLowerCase(java.util.Locale.ROOT) + ".md";
    Shell.run(guide, master, receiver.url("/secret"), directory);
    admin.experiment("name: größe <!channel> @here\nentrypoint: exit 0\n");
    List<Received> received = receiver.await(2, RotatedMaster.SOON);
    String path = "/api/v1/webhooks/1/deliveries?state=DELIVERED";
    Wait.until(
        "it is delivered",
        RotatedMaster.SOON,
        () -> admin.get(path).ok().get("deliveries").size() == 1);
    String message = received.get(1).text();
    assertTrue(message.contains("größe"), message);
    assertTrue(message.contains("COMPLETED"), "it is not in the guide's wording: " + message);
  }

  @Test
  void eachConfigOfTheGuideNotifiesWhomItSays() throws Exception {
    Shell.run("experiments.md", master, receiver.url(""), directory);
    List<String> configs = Docs.blocks("experiments.md", "yaml");
    assertEquals(6, configs.size());
    Map<Long, String> webhooks =
        StreamSupport.stream(
                admin.get("/api/v1/webhooks").ok().get("webhooks").spliterator(), false)
            .collect(
                Collectors.toMap(
                    each -> each.get("id").asLong(), each -> each.get("name").asText()));
    for (String config : configs) {
      long experiment = admin.experiment(config + "entrypoint: exit 0\n");
      Wait.until(
          "it has completed",
          RotatedMaster.SOON,
          () -> admin.experimentState(experiment).equals("STATE_COMPLETED"));
      // rows are written with the state
      TreeSet<String> notified = new TreeSet<>();
      webhooks.forEach(
          (id, name) -> {
            if (isNotified(id, experiment)) {
              notified.add(name);
            }
          });
      String expected = config.lines().findFirst().orElseThrow().replace("# notifies: ", "");
      assertEquals(expected, notified.isEmpty() ? "nobody" : String.join(", ", notified), config);
    }
  }

  private boolean isNotified(long webhook, long experiment) {
    JsonNode deliveries =
        admin.get("/api/v1/webhooks/" + webhook + "/deliveries").ok().get("deliveries");
    return StreamSupport.stream(deliveries.spliterator(), false)
        .anyMatch(each -> each.get("experimentId").asLong() == experiment);
  }

  private static JsonNode read(Received request) {
    try {
      return JSON.readTree(request.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

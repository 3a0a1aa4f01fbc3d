package org.expmaster.host.guides;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the commands and the configs of the guide to experiments. */
@Tag("any-jdk")
final class ExperimentsGuideIT {
  @TempDir private Path directory;

  @Test
  void eachConfigOfTheGuideNotifiesWhomItSays() throws Exception {
    try (WebhookReceiver receiver = WebhookReceiver.start();
        MasterProcess master = MasterProcess.start(directory, Map.of())) {
      Shell.run("experiments.md", master, receiver.url(""), directory);
      notifiesAsItSays(master.admin());
    }
  }

  private static void notifiesAsItSays(Api admin) {
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
            if (isNotified(admin, id, experiment)) {
              notified.add(name);
            }
          });
      String expected = config.lines().findFirst().orElseThrow().replace("# notifies: ", "");
      assertEquals(expected, notified.isEmpty() ? "nobody" : String.join(", ", notified), config);
    }
  }

  private static boolean isNotified(Api admin, long webhook, long experiment) {
    JsonNode deliveries =
        admin.get("/api/v1/webhooks/" + webhook + "/deliveries").ok().get("deliveries");
    return StreamSupport.stream(deliveries.spliterator(), false)
        .anyMatch(each -> each.get("experimentId").asLong() == experiment);
  }
}

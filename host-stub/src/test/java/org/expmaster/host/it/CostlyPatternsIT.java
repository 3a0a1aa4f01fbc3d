package org.expmaster.host.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.MasterProcess;
import org.expmaster.host.testing.TestDatabase;
import org.expmaster.host.testing.Wait;
import org.expmaster.host.testing.WebhookReceiver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Expensive regular expressions for log lines delay nobody. */
final class CostlyPatternsIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  private static final String WEBHOOKS = "/api/v1/webhooks";

  @TempDir private Path directory;

  @Test
  void whatNoLineCouldAffordIsRefusedInWords() throws Exception {
    try (MasterProcess master = start(TestDatabase.Kind.SQLITE)) {
      Api.Answer refused =
          create(
              master.admin(),
              URI.create("https://example.com"),
              List.of("[a-z ]{0,999}[a-z ]{0,900}[0-9]{1}$"));
      assertEquals(400, refused.status());
      assertTrue(refused.error().contains("triggers[0].condition.regex"), refused.error());
      assertTrue(refused.error().contains("steps for each letter"), refused.error());
    }
  }

  @ParameterizedTest
  @EnumSource
  void threeHundredCostlyExpressionsOfOneUserDisturbNobodyAndSayThatTheyWereCutShort(
      TestDatabase.Kind kind) throws Exception {
    try (WebhookReceiver receiver = WebhookReceiver.start();
        MasterProcess master = start(kind)) {
      Api admin = master.admin();
      for (int webhook = 0; webhook < 10; webhook++) {
        List<String> costly = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
          costly.add("[a-z ]{0,480}[a-z ]{0," + (100 + 30 * webhook + i) + "}[0-9]{1}$");
        }
        create(admin, receiver.url("/costly"), costly).ok();
      }
      create(admin, receiver.url("/honest"), List.of("out of memory$")).ok();
      long experiment = admin.experiment("entrypoint: exit 0\n");

      String line = "a line of letters ".repeat(5_500) + "out of memory";
      Map<String, Object> logged = Map.of("taskId", experiment + ".one", "log", line);
      CompletableFuture<Api.Answer> logging =
          CompletableFuture.supplyAsync(
              () -> admin.post("/api/v1/task/logs", Map.of("logs", List.of(logged))));
      admin.get("/api/v1/me").ok();
      logging.get(SOON.toSeconds(), TimeUnit.SECONDS).ok();

      assertEquals("/honest", receiver.await(1, SOON).get(0).path());
      Wait.until(
          "a trigger says that it was cut short",
          SOON,
          () -> cutShort(admin.get(WEBHOOKS + "/1").ok()) > 0);
      assertEquals(0, cutShort(admin.get(WEBHOOKS + "/11").ok()));
    }
  }

  private static long cutShort(JsonNode webhook) {
    return webhook.at("/webhook/triggers/0/cutShort/times").asLong();
  }

  private static Api.Answer create(Api admin, URI url, List<String> regexes) {
    List<Map<String, Object>> triggers =
        regexes.stream()
            .map(
                regex ->
                    Map.<String, Object>of(
                        "triggerType",
                        "TRIGGER_TYPE_TASK_LOG",
                        "condition",
                        Map.of("regex", regex)))
            .toList();
    return admin.post(
        WEBHOOKS,
        Map.of(
            "url",
            url.toString(),
            "webhookType",
            "WEBHOOK_TYPE_DEFAULT",
            "workspaceId",
            1,
            "triggers",
            triggers));
  }

  private MasterProcess start(TestDatabase.Kind kind) throws Exception {
    return MasterProcess.start(directory, Map.of("db", Map.of("url", kind.newUrl(directory))));
  }
}

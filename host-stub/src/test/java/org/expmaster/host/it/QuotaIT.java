package org.expmaster.host.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.MasterProcess;
import org.expmaster.host.testing.Wait;
import org.expmaster.host.testing.WebhookReceiver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to other users when one user creates or does very much. */
final class QuotaIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path directory;
  private WebhookReceiver receiver;

  @BeforeEach
  void listen() throws IOException {
    receiver = WebhookReceiver.start();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void aWebhookOf9000TriggersIsRefusedInWords() throws Exception {
    try (MasterProcess master = MasterProcess.start(directory, Map.of())) {
      Api.Answer refused = master.admin().post("/api/v1/webhooks", webhook(9_000));
      assertEquals(400, refused.status());
      assertEquals(
          "triggers has 9000 entries, and may have 500, as webhooks.max_triggers_per_webhook says",
          refused.error());
    }
  }

  @Test
  void fortyTestsOfAReceiverThatHangsHoldUpNobodyAndMostHearWhy() throws Exception {
    Map<String, Object> webhooks = Map.of("request_timeout", "15s");
    try (MasterProcess master = MasterProcess.start(directory, Map.of("webhooks", webhooks))) {
      Api admin = master.admin();
      List<Long> ids = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        ids.add(admin.post("/api/v1/webhooks", webhook(1)).ok().at("/webhook/id").longValue());
      }
      receiver.answer(request -> WebhookReceiver.Answer.status(200).after(Duration.ofSeconds(10)));
      ExecutorService callers = Executors.newFixedThreadPool(40);
      try {
        List<Future<Api.Answer>> tests = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
          String path = "/api/v1/webhooks/" + ids.get(i % ids.size()) + "/test";
          tests.add(callers.submit(() -> admin.post(path, "")));
        }
        Wait.until("36 are answered", SOON, () -> done(tests) == 36);

        master.api().get("/info").ok();
        assertEquals(36, done(tests), "the others are still under way");

        for (Future<Api.Answer> test : tests) {
          Api.Answer answer = test.get(30, TimeUnit.SECONDS);
          if (answer.status() != 200) {
            assertEquals(429, answer.status());
            assertEquals("15", answer.http().headers().firstValue("Retry-After").orElseThrow());
            assertTrue(answer.error().contains("try again when a test has ended"), answer.error());
          }
        }
      } finally {
        callers.shutdownNow();
      }
    }
  }

  private static long done(List<Future<Api.Answer>> tests) {
    return tests.stream().filter(Future::isDone).count();
  }

  private Map<String, Object> webhook(int triggers) {
    return Map.of(
        "url",
        receiver.url("/hook").toString(),
        "webhookType",
        "WEBHOOK_TYPE_DEFAULT",
        "triggers",
        Collections.nCopies(
            triggers,
            Map.of(
                "triggerType",
                "TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE",
                "condition",
                Map.of("state", "CANCELED"))));
  }
}

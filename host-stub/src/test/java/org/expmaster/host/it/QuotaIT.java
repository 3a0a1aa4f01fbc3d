package org.expmaster.host.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
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
import org.expmaster.host.testing.TestDatabase;
import org.expmaster.host.testing.Wait;
import org.expmaster.host.testing.WebhookReceiver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

        long millis = quickest(() -> master.api().get("/info").ok());
        assertTrue(millis <= 100, "/info took " + millis + " ms");
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

  @ParameterizedTest
  @EnumSource
  void amongTwentyThousandWebhooksAnEditAndAPageOfTheListAreQuick(TestDatabase.Kind kind)
      throws Exception {
    String url = kind.newUrl(directory);
    Map<String, Object> config = Map.of("db", Map.of("url", url));
    try (MasterProcess first = MasterProcess.start(directory, config)) {
      first.admin().post("/api/v1/webhooks", webhook(1)).ok();
      first.terminate();
      fill(url, 20_000);
      try (MasterProcess master = first.restart()) {
        Api admin = master.admin();
        long edit = quickest(() -> admin.patch("/api/v1/webhooks/1", Map.of("template", "")).ok());
        JsonNode page = admin.get("/api/v1/webhooks?limit=100&cursor=10000").ok();
        assertEquals(100, page.get("webhooks").size());
        assertEquals("10100", page.get("nextCursor").textValue());
        long list = quickest(() -> admin.get("/api/v1/webhooks?limit=100&cursor=10000").ok());
        assertTrue(edit <= 20 && list <= 20, "edit " + edit + " ms, page " + list + " ms");
      }
    }
  }

  private static void fill(String url, int count) throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
          INSERT INTO webhooks_webhook
            (name, url, type, mode, workspace_id, created_by, created_at)
          SELECT '', 'http://127.0.0.1:1/', 'DEFAULT', 'WORKSPACE', 0, 1, 0 FROM n
          """
              .formatted(count));
      statement.execute(
          """
          INSERT INTO webhooks_trigger (webhook_id, type, condition)
          SELECT id, 'EXPERIMENT_STATE_CHANGE', 'COMPLETED' FROM webhooks_webhook WHERE id > 1
          """);
    }
  }

  /** Returns the shortest of many times, because the machine may be busy with something else. */
  private static long quickest(Runnable request) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      long begun = System.nanoTime();
      request.run();
      best = Math.min(best, System.nanoTime() - begun);
    }
    return TimeUnit.NANOSECONDS.toMillis(best);
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

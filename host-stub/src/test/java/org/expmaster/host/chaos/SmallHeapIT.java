package org.expmaster.host.chaos;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.MasterProcess;
import org.expmaster.host.testing.Wait;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A master with a small heap that delivers long events to many webhooks. */
final class SmallHeapIT {
  private static final String HEAP = "-Xmx128m";
  private static final int WEBHOOKS = 40;
  private static final int ALERTS = 40;
  private static final Duration SOON = Duration.ofMinutes(3);

  /** Six times as long in JSON. */
  private static final String DESCRIPTION = "\u0001".repeat(20_000);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<String> arrived = ConcurrentHashMap.newKeySet();
  private volatile CountDownLatch open = new CountDownLatch(0);
  private HttpServer receiver;

  @BeforeEach
  void listen() throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    receiver = HttpServer.create(address, 1_024);
    receiver.setExecutor(threads);
    receiver.createContext("/", this::receive);
    receiver.start();
  }

  @AfterEach
  void close() {
    receiver.stop(0);
    threads.shutdownNow();
  }

  /** Records which deliveries came, without keeping their bodies. */
  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
      open.await();
      exchange.sendResponseHeaders(200, -1);
      arrived.add(
          exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("webhook-id"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @EnumSource(ChaosDatabase.Kind.class)
  void whatIsLongArrivesEverywhereAlsoAfterARestart(ChaosDatabase.Kind kind) throws Exception {
    ChaosDatabase database = kind.create(directory);
    Map<String, Object> webhooks = Map.of("lease", "4s", "request_timeout", "2s");
    Map<String, Object> config = Map.of("db", Map.of("url", database.url()), "webhooks", webhooks);
    try (MasterProcess master = MasterProcess.start(directory, config, HEAP)) {
      Api admin = master.admin();
      for (int i = 0; i < WEBHOOKS; i++) {
        webhook(admin, i);
      }
      long experiment = admin.experiment(experiment());
      alerts(admin, experiment, ALERTS / 2);
      await(WEBHOOKS * ALERTS / 2);

      open = new CountDownLatch(1);
      alerts(admin, experiment, ALERTS / 2);
      master.kill();
      assertFalse(master.stderr().contains("OutOfMemoryError"), master::stderr);
      open.countDown();
      try (MasterProcess again = master.restart()) {
        await(WEBHOOKS * ALERTS);
        assertFalse(again.stderr().contains("OutOfMemoryError"), again::stderr);
      }
    }
  }

  private void await(int deliveries) {
    Wait.until(
        () -> deliveries + " deliveries, where there are " + arrived.size(),
        SOON,
        () -> arrived.size() == deliveries);
  }

  private void webhook(Api admin, int number) throws IOException {
    admin
        .post(
            "/api/v1/webhooks",
            Map.of(
                "name",
                "small" + number,
                "url",
                "http://127.0.0.1:" + receiver.getAddress().getPort() + "/" + number,
                "webhookType",
                "WEBHOOK_TYPE_DEFAULT",
                "mode",
                "WEBHOOK_MODE_SPECIFIC",
                "triggers",
                List.of(Map.of("triggerType", "TRIGGER_TYPE_CUSTOM"))))
        .ok();
  }

  private static String experiment() throws IOException {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < WEBHOOKS; i++) {
      names.add("small" + i);
    }
    return "entrypoint: sleep 600 && exit 0\nintegrations: {webhooks: {webhook_name: "
        + new ObjectMapper().writeValueAsString(names)
        + "}}\n";
  }

  private static void alerts(Api admin, long experiment, int many) {
    Map<String, String> data =
        Map.of("title", "long", "description", DESCRIPTION, "level", "LOG_LEVEL_INFO");
    for (int i = 0; i < many; i++) {
      admin.post("/api/v1/webhooks/custom", Map.of("data", data, "experimentId", experiment)).ok();
    }
  }
}

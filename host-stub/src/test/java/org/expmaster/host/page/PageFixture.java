package org.expmaster.host.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.MasterProcess;
import org.expmaster.host.testing.Wait;
import org.expmaster.host.testing.WebhookReceiver;

/** A master with the packaged plugin, a receiver, and a browser. */
final class PageFixture implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(15);

  final Browser browser;
  final WebhookReceiver receiver;
  private MasterProcess master;
  private final String adminToken;
  private final Map<String, String> tokens = new HashMap<>();
  private String token;

  private PageFixture(Browser browser, WebhookReceiver receiver, MasterProcess master) {
    this.browser = browser;
    this.receiver = receiver;
    this.master = master;
    this.adminToken = master.admin().token();
  }

  static PageFixture start(Path directory) throws IOException {
    Browser browser = Browser.start();
    WebhookReceiver receiver = WebhookReceiver.start();
    Map<String, Object> config =
        Map.of(
            "port", freePort(),
            "webhooks", Map.of("retry_schedule", List.of("50ms"), "request_timeout", "2s"));
    return new PageFixture(browser, receiver, MasterProcess.start(directory, config));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  URI url() {
    return master.url();
  }

  /** Logged in only once, because password hashing is slow. */
  Api admin() {
    return master.api().withToken(adminToken);
  }

  /** Logs in and opens the page, or one of its views. */
  void openAs(String username, String fragment) {
    // password hashing is slow; a session is valid until it is ended
    token =
        tokens.computeIfAbsent(
            username, name -> master.api().login(name, MasterProcess.PASSWORD).token());
    browser.logIn(url(), token);
    browser.open(url().resolve("/det/webhooks" + fragment));
  }

  void endSession() {
    tokens.values().remove(token);
    master.api().withToken(token).post("/api/v1/auth/logout", "").ok();
  }

  /** Logs in again in the same browser, as if in another tab. */
  void newSession() {
    token = master.admin().token();
    browser.cookie(token);
  }

  void kill() {
    master.kill();
  }

  void restart() throws IOException {
    master = master.restart();
  }

  /** Creates a webhook for completed and failed experiments, and returns its id. */
  long webhook(String name, String url, String... type) {
    Map<String, Object> body = new HashMap<>();
    body.put("name", name);
    body.put("url", url);
    body.put("webhookType", "WEBHOOK_TYPE_" + (type.length == 0 ? "DEFAULT" : type[0]));
    body.put("triggers", List.of(trigger("COMPLETED"), trigger("ERROR")));
    return admin().post("/api/v1/webhooks", body).ok().at("/webhook/id").asLong();
  }

  private static Map<String, Object> trigger(String state) {
    return Map.of(
        "triggerType", "TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE", "condition", Map.of("state", state));
  }

  List<JsonNode> webhooks() {
    List<JsonNode> all = new ArrayList<>();
    admin().get("/api/v1/webhooks").ok().path("webhooks").forEach(all::add);
    return all;
  }

  /** Creates an experiment that ends at once with this exit code. */
  void experiment(int exit) {
    admin().experiment("name: resnet50 night run\nentrypoint: exit " + exit + "\n");
  }

  void awaitDeliveries(long webhook, String state, int count) {
    String path = "/api/v1/webhooks/" + webhook + "/deliveries?state=" + state;
    Wait.until(
        count + " deliveries " + state,
        SOON,
        () -> admin().get(path).ok().path("deliveries").size() >= count);
  }

  /** Deletes every webhook, so that each test begins with none. */
  void clear() {
    webhooks()
        .forEach(webhook -> admin().delete("/api/v1/webhooks/" + webhook.path("id").asLong()).ok());
    receiver.answer(request -> WebhookReceiver.Answer.status(200));
  }

  @Override
  public void close() {
    browser.close();
    receiver.close();
    master.close();
  }
}

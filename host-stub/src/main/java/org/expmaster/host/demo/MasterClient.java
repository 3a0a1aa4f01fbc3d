package org.expmaster.host.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A client of a master, logged in as one user. Thread-safe. */
final class MasterClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI master;
  private final String token;

  MasterClient(URI master, String username, String password) throws IOException {
    this.master = master;
    Map<String, String> credentials = Map.of("username", username, "password", password);
    this.token = call("POST", "/api/v1/auth/login", credentials, "").get("token").asText();
  }

  private JsonNode call(String method, String path, Object body, String bearer) throws IOException {
    HttpResponse<String> response = send(method, path, JSON.writeValueAsString(body), bearer);
    if (response.statusCode() != 200) {
      throw new IOException(
          method + " " + path + " answered " + response.statusCode() + ": " + response.body());
    }
    return JSON.readTree(response.body());
  }

  private HttpResponse<String> send(String method, String path, String body, String bearer)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(master.resolve(path))
            .timeout(Duration.ofSeconds(30))
            .method(method, BodyPublishers.ofString(body));
    if (!bearer.isEmpty()) {
      request.header("Authorization", "Bearer " + bearer);
    }
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private JsonNode get(String path) throws IOException {
    return call("GET", path, Map.of(), token);
  }

  private JsonNode post(String path, Object body) throws IOException {
    return call("POST", path, body, token);
  }

  /** Returns whether a plugin serves the webhooks API. */
  boolean hasWebhooks() throws IOException {
    return send("GET", "/api/v1/webhooks", "", token).statusCode() == 200;
  }

  /** Returns the master's report on its plugins, one line each. */
  List<String> plugins() throws IOException {
    List<String> lines = new ArrayList<>();
    for (JsonNode plugin : get("/api/v1/master/plugins").get("plugins")) {
      List<String> words = new ArrayList<>();
      plugin.forEach(word -> words.add(word.asText()));
      lines.add(String.join(" ", words).strip());
    }
    return lines;
  }

  String signingKey() throws IOException {
    return get("/api/v1/master/config").at("/config/security/webhook_signing_key").asText();
  }

  void createWorkspaceAndProject(String workspace, String project) throws IOException {
    long id = post("/api/v1/workspaces", Map.of("name", workspace)).at("/workspace/id").asLong();
    post("/api/v1/workspaces/" + id + "/projects", Map.of("name", project));
  }

  long createWebhook(URI url) throws IOException {
    Map<String, Object> webhook =
        Map.of(
            "name", "demo",
            "url", url.toString(),
            "webhookType", "WEBHOOK_TYPE_DEFAULT",
            "mode", "WEBHOOK_MODE_WORKSPACE",
            "triggers", List.of(trigger("COMPLETED"), trigger("ERROR")));
    return post("/api/v1/webhooks", webhook).at("/webhook/id").asLong();
  }

  private static Map<String, Object> trigger(String state) {
    return Map.of(
        "triggerType", "TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE", "condition", Map.of("state", state));
  }

  long createExperiment(SampleExperiment sample) throws IOException {
    // JSON is YAML
    String config = JSON.writeValueAsString(sample.config());
    Map<String, Object> body = Map.of("activate", true, "config", config);
    return post("/api/v1/experiments", body).at("/experiment/id").asLong();
  }

  Instant endOf(long experiment) throws IOException {
    JsonNode found = get("/api/v1/experiments/" + experiment).get("experiment");
    return Instant.parse(found.get("endTime").asText());
  }
}

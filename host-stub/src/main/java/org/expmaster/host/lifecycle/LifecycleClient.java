package org.expmaster.host.lifecycle;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Calls the routes of {@link LifecycleResource} as one admin. */
public final class LifecycleClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** A plugin may take half a minute to stop, and the next one to start. */
  private static final Duration ANSWER = Duration.ofMinutes(3);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
  private final String master;
  private final String token;

  /**
   * Logs in.
   *
   * @throws IOException if the master does not answer, or refuses; the message says why
   */
  public LifecycleClient(URI master, String username, String password) throws IOException {
    this.master = master.toString().replaceAll("/+$", "");
    Map<String, String> credentials = Map.of("username", username, "password", password);
    this.token =
        call("POST", "auth/login", JSON.writeValueAsString(credentials), "").get("token").asText();
  }

  /** Returns one line for each plugin. */
  public List<String> list() throws IOException {
    List<String> lines = new ArrayList<>();
    for (JsonNode plugin : call("GET", "master/plugins", "", token).get("plugins")) {
      lines.add(line(plugin));
    }
    return lines;
  }

  /**
   * Stops, starts, reloads or unloads a plugin; returns its line.
   *
   * @throws IOException if the master refuses or fails; the message is the master's
   */
  public String ask(String action, String plugin) throws IOException {
    return line(call("POST", "master/plugins/" + plugin + "/" + action, "", token).get("plugin"));
  }

  private static String line(JsonNode plugin) {
    List<String> words = new ArrayList<>();
    for (String name : List.of("id", "version", "state", "problem")) {
      words.add(plugin.path(name).asText());
    }
    words.removeIf(String::isEmpty);
    return String.join(" ", words);
  }

  private JsonNode call(String method, String path, String body, String bearer) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(master + "/api/v1/" + path))
            .timeout(ANSWER)
            .method(method, BodyPublishers.ofString(body));
    if (!bearer.isEmpty()) {
      request.header("Authorization", "Bearer " + bearer);
    }
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      JsonNode answer = JSON.readTree(response.body());
      if (response.statusCode() != 200) {
        throw new IOException(answer.at("/error/error").asText("status " + response.statusCode()));
      }
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Logs out. */
  @Override
  public void close() throws IOException {
    call("POST", "auth/logout", "", token);
  }
}

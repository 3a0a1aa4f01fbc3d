package org.expmaster.host.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A client of a master, logged in or not. */
public final class Api {
  private static final Set<String> IDEMPOTENT = Set.of("GET", "DELETE");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final URI master;
  private final String token;
  private final Consumer<Answer> check;

  private Api(URI master, String token, Consumer<Answer> check) {
    this.master = master;
    this.token = token;
    this.check = check;
  }

  /** Returns a client that is not logged in. */
  public static Api of(URI master) {
    return new Api(master, "", answer -> {});
  }

  /** Returns the same client, with a check of every answer; it throws if it does not hold. */
  public Api checkedBy(Consumer<Answer> newCheck) {
    return new Api(master, token, newCheck);
  }

  /** A response; {@code json} is null if the body is not JSON. */
  public record Answer(int status, JsonNode json, HttpResponse<String> http) {
    /** Returns the JSON of a response whose status must be 200. */
    public JsonNode ok() {
      if (status != 200) {
        throw new AssertionError(http.request() + " answered " + status + ": " + http.body());
      }
      return json;
    }

    /** Returns the message of an error. */
    public String error() {
      return json.at("/error/error").asText();
    }
  }

  /** Returns a client that is logged in. */
  public Api login(String username, String password) {
    JsonNode answer =
        post("/api/v1/auth/login", Map.of("username", username, "password", password)).ok();
    return withToken(answer.get("token").asText());
  }

  public Api withToken(String newToken) {
    return new Api(master, newToken, check);
  }

  public String token() {
    return token;
  }

  public Answer get(String path) {
    return send(request("GET", path, ""));
  }

  public Answer post(String path, Map<String, ?> body) {
    return post(path, text(body));
  }

  public Answer post(String path, String body) {
    return send(request("POST", path, body));
  }

  public Answer patch(String path, Map<String, ?> body) {
    return send(request("PATCH", path, text(body)));
  }

  public Answer delete(String path) {
    return send(request("DELETE", path, ""));
  }

  /** Returns a request to which more can be added, for {@link #send}. */
  public HttpRequest.Builder request(String method, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(master.resolve(path))
            .timeout(Duration.ofSeconds(30))
            .method(method, BodyPublishers.ofString(body));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  public Answer send(HttpRequest.Builder request) {
    Answer answer = answer(request.build());
    check.accept(answer);
    return answer;
  }

  private static Answer answer(HttpRequest built) {
    try {
      return exchange(built);
    } catch (IOException e) {
      // the server may close a connection at the moment it is reused (RFC 9110, section 9.2.2)
      if (IDEMPOTENT.contains(built.method())) {
        try {
          return exchange(built);
        } catch (IOException again) {
          throw new UncheckedIOException(again);
        }
      }
      throw new UncheckedIOException(e);
    }
  }

  private static Answer exchange(HttpRequest request) throws IOException {
    try {
      HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
      return new Answer(response.statusCode(), json(response.body()), response);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Creates an experiment and returns its id. */
  public long experiment(String config) {
    Map<String, Object> body = Map.of("activate", true, "config", config);
    return post("/api/v1/experiments", body).ok().at("/experiment/id").asLong();
  }

  public String experimentState(long id) {
    return get("/api/v1/experiments/" + id).ok().at("/experiment/state").asText();
  }

  private static String text(Map<String, ?> body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      return null;
    }
  }
}

package org.expmaster.host.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.expmaster.host.Master;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.ApiDocument;
import org.expmaster.host.testing.InProcess;
import org.expmaster.host.testing.MasterProcess;
import org.expmaster.host.testing.RawHttp;
import org.expmaster.host.testing.TestDatabase;
import org.expmaster.host.testing.WebhookReceiver;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Sends random requests to every route of the master and the plugin, started from the packaged
 * jars, and checks the answers with the plugin's OpenAPI document. {@code -Dfuzz.seed=N} sets the
 * seed, {@code -Dfuzz.cases=N} the number of requests.
 */
final class FuzzIT {
  private static final long SEED = Long.getLong("fuzz.seed", 20_260_301);
  private static final int CASES = Integer.getInteger("fuzz.cases", 2_000);
  private static final int TOLD = 10;

  /** What the server answers before it looks for a route: {@code Expect: nothing}. */
  private static final int EXPECTATION_FAILED = 417;

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource
  @SuppressWarnings("SystemOut") // for readers of the build's output
  void everyAnswerIsBelow500(TestDatabase.Kind database) throws Exception {
    System.out.println("[fuzz] " + database + ": -Dfuzz.seed=" + SEED + ", " + CASES + " cases");
    Map<String, Object> config =
        Map.of(
            "db",
            Map.of("url", database.newUrl(directory)),
            "webhooks",
            Map.of(
                "connect_timeout",
                "200ms",
                "request_timeout",
                "500ms",
                "retry_schedule",
                List.of("1h")));
    List<String> routes = routes();
    try (WebhookReceiver receiver = WebhookReceiver.start();
        MasterProcess master = MasterProcess.start(directory, config)) {
      Api admin = master.admin();
      List<String> tokens =
          List.of(
              admin.token(),
              admin.token(),
              admin.token(),
              master.api().login("determined", MasterProcess.PASSWORD).token());
      admin.experiment("entrypoint: exit 0");
      BodyDice bodies = new BodyDice(receiver.url("/hook").toString());
      ApiDocument document = ApiDocument.of(master.url());
      List<String> wrong = answers(master, new RequestDice(routes, bodies, tokens), document);
      assertEquals(List.of(), wrong, () -> "the master's log:\n" + errors(master));
      assertEquals(200, master.api().get("/info").status());
      JsonNode executors = master.admin().get("/api/v1/master/executors").ok().get("executors");
      executors.forEach(executor -> assertEquals("RUNNING", executor.get("state").asText()));
    }
  }

  /** Returns the routes of a master with these jars, except the one that ends the session. */
  private List<String> routes() throws Exception {
    Path elsewhere = Files.createDirectory(directory.resolve("table"));
    try (Master master = InProcess.master(elsewhere, Path.of(System.getProperty("plugins.dir")))) {
      return master.routes().stream().filter(route -> !route.endsWith("/logout")).toList();
    }
  }

  private static List<String> answers(
      MasterProcess master, RequestDice requests, ApiDocument document) {
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < CASES && wrong.size() < TOLD; i++) {
      RequestDice.Rolled rolled = requests.roll(new Random(SEED * 1_000_003 + i));
      try {
        judge(rolled, answer(master, rolled), document, wrong);
      } catch (IOException broken) {
        wrong.add("case " + i + ": " + rolled.line() + " → " + broken);
      }
    }
    return wrong;
  }

  /**
   * Retries once if the answer is lost, as it may be where the server answers and closes the
   * connection before the whole request has been sent.
   */
  private static String answer(MasterProcess master, RequestDice.Rolled rolled) throws IOException {
    try {
      return exchange(master, rolled);
    } catch (SocketException broken) {
      return exchange(master, rolled);
    }
  }

  /** Returns the answer, also one that came before the whole request was sent. */
  private static String exchange(MasterProcess master, RequestDice.Rolled rolled)
      throws IOException {
    try (RawHttp connection = RawHttp.connect(master.url().getPort())) {
      try {
        connection.send(rolled.bytes());
      } catch (SocketException closed) {
        String answer = connection.readAll();
        if (answer.isEmpty()) {
          throw closed;
        }
        return answer;
      }
      return connection.readAll();
    }
  }

  private static void judge(
      RequestDice.Rolled rolled, String answer, ApiDocument document, List<String> wrong) {
    int status =
        answer.matches("(?s)HTTP/1\\.1 \\d{3} .*") ? Integer.parseInt(answer.substring(9, 12)) : 0;
    boolean isForm = answer.contains("\r\nContent-Type: text/html");
    if (status < 200 || status >= 500 || (status >= 400 && !isForm && !isError(rolled, answer))) {
      wrong.add(shown(rolled, answer));
    } else if (status != EXPECTATION_FAILED) {
      document
          .problem(exchange(rolled, status, answer))
          .ifPresent(problem -> wrong.add(shown(rolled, answer) + "\nnot documented: " + problem));
    }
  }

  private static ApiDocument.Exchange exchange(
      RequestDice.Rolled rolled, int status, String answer) {
    String[] line = rolled.line().split("[ ?]");
    int head = answer.indexOf("\r\n\r\n");
    Map<String, String> headers = new HashMap<>();
    answer
        .substring(0, head)
        .lines()
        .skip(1)
        .map(header -> header.split(": ?", 2))
        .forEach(header -> headers.put(header[0].toLowerCase(Locale.ROOT), header[1]));
    String body = new String(answer.substring(head + 4).getBytes(ISO_8859_1), UTF_8);
    return new ApiDocument.Exchange(line[0], line[1], status, headers, body);
  }

  private static String shown(RequestDice.Rolled rolled, String answer) {
    return shown(new String(rolled.bytes(), ISO_8859_1)) + "\n→ " + shown(answer);
  }

  private static boolean isError(RequestDice.Rolled rolled, String answer) {
    if (rolled.line().startsWith("HEAD")) {
      return true;
    }
    try {
      JsonNode error =
          new ObjectMapper()
              .readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4))
              .get("error");
      return error.get("code").isInt()
          && error.get("reason").isTextual()
          && !error.get("error").textValue().isEmpty();
    } catch (IOException | RuntimeException malformed) {
      return false;
    }
  }

  private static String shown(String text) {
    return text.length() < 1_500 ? text : text.substring(0, 1_500) + "…";
  }

  private static String errors(MasterProcess master) {
    String log = master.stderr();
    int first = log.indexOf(" failed, told the caller as ");
    return first < 0 ? "nothing" : shown(log.substring(Math.max(0, first - 100)));
  }
}

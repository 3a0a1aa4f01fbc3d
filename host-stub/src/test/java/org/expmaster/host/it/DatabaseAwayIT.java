package org.expmaster.host.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.MasterProcess;
import org.expmaster.host.testing.PostgresServer;
import org.expmaster.host.testing.Scrape;
import org.expmaster.host.testing.Wait;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master whose database becomes unreachable and comes back. */
final class DatabaseAwayIT {
  private static final String METRICS_TOKEN = "a-token-of-a-scraper";
  private static final Duration SOON = Duration.ofSeconds(60);

  /** One request of each kind; a {@code POST} if a body follows the path. */
  private static final List<String> REQUESTS =
      List.of(
          "/api/v1/me",
          "/api/v1/users",
          "/api/v1/users/1/password {\"password\": \"x\"}",
          "/api/v1/auth/login {\"username\": \"admin\", \"password\": \"x\"}",
          "/api/v1/auth/logout {}",
          "/det/login username=admin&password=x",
          "/api/v1/master/config",
          "/api/v1/master/executors",
          "/api/v1/master/plugins",
          "/api/v1/workspaces",
          "/api/v1/workspaces/1/projects",
          "/api/v1/experiments",
          "/api/v1/experiments {\"config\": \"entrypoint: exit 0\"}",
          "/api/v1/experiments/1/kill {}",
          "/api/v1/task/logs {\"logs\": [{\"taskId\": \"1.a\", \"log\": \"x\"}]}",
          "/api/v1/trials/1/metrics {\"metrics\": {\"metrics\": {\"avgMetrics\": {\"a\": 1}}}}",
          "/api/v1/webhooks",
          "/api/v1/webhooks/1/test {}",
          "/api/v1/webhooks/1/deliveries");

  @TempDir private Path directory;

  @Test
  void everyRouteThatNeedsItSays503MeanwhileAndWorksAgainAfterwards() throws Exception {
    try (PostgresServer server = PostgresServer.start(directory.resolve("data"))) {
      Map<String, Object> db = Map.of("url", server.newDatabase());
      Map<String, Object> security = Map.of("metrics_token", METRICS_TOKEN);
      try (MasterProcess master =
          MasterProcess.start(directory, Map.of("db", db, "security", security))) {
        Api admin = master.admin();
        Api scraper = master.api().withToken(METRICS_TOKEN);
        server.kill();

        Map<String, Api.Answer> answers = new ConcurrentSkipListMap<>();
        List<Thread> clients =
            REQUESTS.stream()
                .map(request -> new Thread(() -> answers.put(request, ask(admin, request))))
                .toList();
        clients.forEach(Thread::start);
        assertEquals(200, admin.get("/info").status());
        for (Thread client : clients) {
          client.join();
        }
        Map<String, String> wrong = new TreeMap<>();
        answers.forEach(
            (request, answer) -> {
              if (answer.status() != 503) {
                wrong.put(request, answer.status() + " " + answer.http().body());
              }
            });
        assertEquals(Map.of(), wrong);
        assertEquals(REQUESTS.size(), answers.size());
        assertTrue(
            answers.values().stream()
                .allMatch(each -> each.error().contains("the master's database")));

        Wait.until("the delivery says so in the metrics", SOON, () -> problems(scraper) == 1);

        server.restart();
        Stream.of("/api/v1/me", "/api/v1/master/executors", "/api/v1/webhooks")
            .forEach(path -> Wait.until(path, SOON, () -> admin.get(path).status() == 200));
        Wait.until("the delivery works again", SOON, () -> problems(scraper) == 0);
      }
    }
  }

  /** Returns 1 while the delivery has a problem; needs no database. */
  private static double problems(Api scraper) {
    return Scrape.of(scraper).sum("webhooks_problem", "part=\"delivery\"");
  }

  private static Api.Answer ask(Api admin, String request) {
    String[] parts = request.split(" ", 2);
    return parts.length == 1 ? admin.get(parts[0]) : admin.post(parts[0], parts[1]);
  }
}

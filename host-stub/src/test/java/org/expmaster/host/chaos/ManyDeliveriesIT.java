package org.expmaster.host.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.Wait;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A webhook with very many deliveries, half of them dead, supports all the usual operations. */
final class ManyDeliveriesIT {
  private static final int DELIVERIES = Chaos.scale(20_000, 1_000_000);
  private static final int CREATIONS = Chaos.scale(20, 300);

  private static final Duration SOON = Duration.ofMinutes(5);
  private static final Duration BETWEEN_CREATIONS = Duration.ofMillis(50);
  private static final Duration REFRESH = Duration.ofSeconds(1);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Future<?>> pages = new ArrayList<>();
  private String name;
  private Api admin;
  private String webhook;

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @ParameterizedTest
  @EnumSource
  void areListedFoundFilteredSentAgainAndDeletedWhileExperimentsAreMade(ChaosDatabase.Kind kind)
      throws Exception {
    name = DELIVERIES + " deliveries on " + kind;
    ChaosDatabase database = kind.create(directory);
    try (Fleet fleet = Fleet.start(1, directory, database, Map.of())) {
      long id = Receipts.subscribe(fleet.admin(0), URI.create("http://127.0.0.1:9/"));
      fleet.admin(0).post("/api/v1/webhooks/" + id + "/disable", "").ok();
      Member master = fleet.member(0);
      assertEquals(0, master.terminate(), master.process().stderr());
      Multiplied.deliveries(database, id, DELIVERIES);
      master.launch();
      master.awaitUp();
      admin = fleet.admin(0);
      webhook = "/api/v1/webhooks/" + id;

      areListedAndFound();
      creations(); // warm-up: a master that has just started is slower
      long alone = creations();
      twoPagesLook();
      long beside = creations();
      Chaos.say(
          name,
          "nine of ten experiments made in %d µs, beside two pages in %d µs"
              .formatted(alone, beside));
      areSentAgain();
      areDeleted(database, id);
      assertTrue(Checkup.isWell(admin));
    }
  }

  private void areListedAndFound() {
    JsonNode newest = timed("list", webhook + "/deliveries?limit=100").get("deliveries");
    assertEquals(100, newest.size());
    assertEquals(Multiplied.FIRST_ID + DELIVERIES - 1, newest.get(0).get("id").asLong());
    JsonNode dead = timed("filter", webhook + "/deliveries?state=DEAD&limit=100");
    assertEquals(Multiplied.FIRST_ID + DELIVERIES - 2, dead.at("/deliveries/0/id").asLong());
    JsonNode next =
        timed(
            "page",
            webhook + "/deliveries?state=DEAD&limit=100&cursor=" + dead.get("nextCursor").asText());
    assertEquals(Multiplied.FIRST_ID + DELIVERIES - 202, next.at("/deliveries/0/id").asLong());
    long middle = Multiplied.FIRST_ID + DELIVERIES / 2;
    JsonNode found = timed("find", webhook + "/deliveries/" + middle).get("delivery");
    assertEquals(middle, found.get("id").asLong());
    assertEquals("DEAD", found.get("state").asText());
  }

  private JsonNode timed(String what, String path) {
    long start = System.nanoTime();
    JsonNode answer = admin.get(path).ok();
    Chaos.say(name, "%s took %d ms".formatted(what, millisSince(start)));
    return answer;
  }

  /** Creates experiments; returns the time within which nine of ten were created, in µs. */
  private long creations() throws InterruptedException {
    List<Long> micros = new ArrayList<>();
    for (int i = 0; i < CREATIONS; i++) {
      long start = System.nanoTime();
      admin.experiment("entrypoint: sleep 600 && exit 0");
      micros.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
      TimeUnit.NANOSECONDS.sleep(BETWEEN_CREATIONS.toNanos());
    }
    micros.sort(null);
    return micros.get(CREATIONS * 9 / 10);
  }

  /** Polls the REST API as two open pages do. */
  private void twoPagesLook() {
    for (int i = 0; i < 2; i++) {
      pages.add(threads.submit(this::look));
    }
  }

  private Void look() throws InterruptedException {
    while (true) {
      admin.get("/api/v1/webhooks").ok();
      admin.get(webhook).ok();
      admin.get(webhook + "/deliveries").ok();
      TimeUnit.NANOSECONDS.sleep(REFRESH.toNanos());
    }
  }

  private void areSentAgain() {
    long start = System.nanoTime();
    long longest = 0;
    long sentAgain = 0;
    JsonNode answer = null;
    Map<String, String> from = Map.of();
    while (answer == null || answer.hasNonNull("nextCursor")) {
      long asked = System.nanoTime();
      answer = admin.post(webhook + "/redeliver", from).ok();
      longest = Math.max(longest, millisSince(asked));
      sentAgain += answer.get("redelivered").asLong();
      from = Map.of("cursor", answer.path("nextCursor").asText());
    }
    Chaos.say(
        name,
        "sent again in %d ms, the longest answer after %d ms"
            .formatted(millisSince(start), longest));
    assertEquals(DELIVERIES / 2, sentAgain);
    assertEquals(0, admin.get(webhook + "/deliveries?state=DEAD").ok().get("deliveries").size());
  }

  private void areDeleted(ChaosDatabase database, long id) throws Exception {
    pages.forEach(page -> assertFalse(page.isDone(), "a page got no answer: " + page));
    threads.shutdownNow();
    assertTrue(threads.awaitTermination(1, TimeUnit.MINUTES));
    long start = System.nanoTime();
    admin.delete(webhook).ok();
    Chaos.say(name, "deleted in %d ms".formatted(millisSince(start)));
    creations();
    Wait.until("nothing is left of it", SOON, () -> left(database, id) == 0);
    Chaos.say(name, "nothing left after %d ms".formatted(millisSince(start)));
  }

  private static long millisSince(long start) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  private static long left(ChaosDatabase database, long webhook) {
    try (Connection connection = DriverManager.getConnection(database.url());
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT (SELECT count(*) FROM webhooks_outbox WHERE webhook_id = %1$d)
                  + (SELECT count(*) FROM webhooks_history WHERE webhook_id = %1$d)
                  + (SELECT count(*) FROM webhooks_event WHERE id >= %2$d)
                """
                    .formatted(webhook, Multiplied.FIRST_ID))) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}

package org.expmaster.host.guides;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.expmaster.host.guides.RotatedMaster.Request;
import org.expmaster.host.testing.RawHttp;
import org.expmaster.host.testing.WebhookReceiver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The receivers of the guide to verification, each with the old and the new key of a master whose
 * key was rotated.
 */
@Tag("any-jdk")
final class VerifyGuideIT {
  // HTTP/1.1 as a master speaks it, without the offer of HTTP/2
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Map<GuideReceiver, Future<Optional<String>>> BUILDS =
      new EnumMap<>(GuideReceiver.class);
  private static final Map<GuideReceiver, URI> STARTED = new EnumMap<>(GuideReceiver.class);
  private static final Deque<AutoCloseable> RUNNING = new ArrayDeque<>();

  @TempDir private static Path directory;
  private static RotatedMaster master;

  @BeforeAll
  static void start() throws Exception {
    Docs.copyReceivers(Libraries.WORK);
    ExecutorService builders = Executors.newFixedThreadPool(2);
    for (GuideReceiver receiver : GuideReceiver.values()) {
      Callable<Optional<String>> build = receiver::build;
      if (receiver.missing().isEmpty()) {
        BUILDS.put(receiver, builders.submit(build));
      }
    }
    builders.shutdown();
    master = RotatedMaster.start(directory);
    RUNNING.push(master);
  }

  @AfterAll
  static void stop() throws Exception {
    while (!RUNNING.isEmpty()) {
      RUNNING.pop().close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRealDeliveryIsVerifiedAfterTheRotation(GuideReceiver receiver) throws Exception {
    long webhook = master.webhook(receiver.name(), started(receiver));
    master.experimentThatNames(receiver.name());
    master.awaitDelivered(webhook, 1);
    assertEquals(204, post(receiver, master.after));
  }

  @ParameterizedTest
  @EnumSource
  void realDeliveriesFromBeforeAndDuringTheRotationAreVerifiedByTheSameList(GuideReceiver receiver)
      throws Exception {
    assertEquals(204, post(receiver, master.before));
    assertEquals(204, post(receiver, master.during));
  }

  @ParameterizedTest
  @EnumSource
  void aForgedBodyIsRefused(GuideReceiver receiver) throws Exception {
    for (Request genuine : List.of(master.before, master.after)) {
      String forged = genuine.body().replace("COMPLETED", "ERROR");
      assertEquals(401, post(receiver, genuine.withBody(forged)));
      assertEquals(401, post(receiver, genuine.withBody(genuine.body() + " ")));
    }
  }

  @ParameterizedTest
  @EnumSource
  void anOldTimestampIsRefusedThoughItsSignatureIsGenuine(GuideReceiver receiver) throws Exception {
    byte[] key = master.newKey.getBytes(UTF_8);
    String body = master.after.body();
    assertEquals(204, post(receiver, Request.signed(key, Instant.now(), body)));
    assertEquals(401, post(receiver, Request.signed(key, Instant.now().minusSeconds(310), body)));
  }

  @ParameterizedTest
  @EnumSource
  void anotherKeyIsRefused(GuideReceiver receiver) throws Exception {
    byte[] other = "another key of whoever it is".getBytes(UTF_8);
    assertEquals(401, post(receiver, Request.signed(other, Instant.now(), master.after.body())));
  }

  @ParameterizedTest
  @EnumSource
  void aTimestampThatIsNoNumberIsRefusedThoughASignatureMatches(GuideReceiver receiver)
      throws Exception {
    List<Request> all = HostileRequests.timestamps(master.newKey, master.after);
    // the libraries compare the signature of the number that they have read
    if (!receiver.name().startsWith("STANDARD_")) {
      all.addAll(HostileRequests.spellings(master.newKey, master.after));
    }
    for (Request hostile : all) {
      assertEquals(401, post(receiver, hostile), hostile.toString());
    }
  }

  @ParameterizedTest
  @EnumSource(names = "BASH", mode = EnumSource.Mode.EXCLUDE)
  void nothingMalformedOrStalledStopsTheReceiver(GuideReceiver receiver) throws Exception {
    URI url = started(receiver);
    List<String> wrong = new ArrayList<>();
    try (RawHttp stalled = HostileRequests.stall(url, master.after)) {
      for (String hostile : HostileRequests.malformed(master.after)) {
        int status = HostileRequests.send(url, hostile);
        if (status != 0 && (status < 400 || status > 499)) {
          wrong.add(status + " to " + hostile);
        }
      }
      assertEquals(204, post(receiver, genuine(master.after.body())));
    }
    assertEquals(List.of(), wrong);
  }

  @ParameterizedTest
  @EnumSource(names = "BASH", mode = EnumSource.Mode.EXCLUDE)
  void aBodyOfMoreThanAMegabyteIsRefusedThoughItIsSigned(GuideReceiver receiver) throws Exception {
    Request large = genuine("{\"event_id\":\"1\"}" + " ".repeat(1_100_000));
    assertNotEquals(204, HostileRequests.send(started(receiver), HostileRequests.text(large)));
    assertEquals(204, post(receiver, genuine("{\"event_id\":\"1\"}")));
  }

  private static Request genuine(String body) throws Exception {
    return Request.signed(master.newKey.getBytes(UTF_8), Instant.now(), body);
  }

  @ParameterizedTest
  @EnumSource(names = "STANDARD_.*", mode = EnumSource.Mode.MATCH_ALL)
  void theLibraryVerifiesByEitherKeyAloneDuringTheOverlap(GuideReceiver receiver) throws Exception {
    assertEquals(List.of(204, 204, 204), statuses(receiver, master.oldKey));
    assertEquals(List.of(401, 204, 204), statuses(receiver, master.newKey));
  }

  @ParameterizedTest
  @EnumSource(names = "STANDARD_.*", mode = EnumSource.Mode.MATCH_ALL)
  void theLibraryVerifiesByTheWebhooksOwnSecretAndWhileThatRotates(GuideReceiver receiver)
      throws Exception {
    assertEquals(List.of(204, 204), statuses(receiver, master.oldSecret).subList(0, 2));
    assertEquals(List.of(401, 204, 204), statuses(receiver, master.newSecret));
    assertEquals(List.of(401, 401, 401), statuses(receiver, master.anotherSecret()));
  }

  /** Posts the deliveries from before, during and after the rotation to who has this key alone. */
  private static List<Integer> statuses(GuideReceiver receiver, String key) throws Exception {
    assumeBuilt(receiver);
    List<Integer> statuses = new ArrayList<>();
    try (RunningReceiver only = RunningReceiver.start(receiver, List.of(key))) {
      for (Request request : List.of(master.before, master.during, master.after)) {
        statuses.add(post(only.url(), request));
      }
    }
    return statuses;
  }

  /** Skips the test if a tool is missing or a registry out of reach; with CI only the latter. */
  private static void assumeBuilt(GuideReceiver receiver) throws Exception {
    List<String> missing = receiver.missing();
    String why = receiver + " was not tried: there is no " + String.join(", no ", missing);
    if (!missing.isEmpty() && "true".equals(System.getenv("CI"))) {
      fail(why);
    }
    assumeTrue(missing.isEmpty(), why);
    Optional<String> outOfReach = BUILDS.get(receiver).get();
    assumeTrue(outOfReach.isEmpty(), () -> receiver + " was not tried: " + outOfReach);
  }

  /** Returns the URL of a receiver, started at first use. */
  private static URI started(GuideReceiver receiver) throws Exception {
    assumeBuilt(receiver);
    if (!STARTED.containsKey(receiver)) {
      STARTED.put(receiver, start(receiver, List.of(master.oldKey, master.newKey)));
    }
    return STARTED.get(receiver);
  }

  private static URI start(GuideReceiver receiver, List<String> keys) throws Exception {
    if (receiver == GuideReceiver.BASH) {
      WebhookReceiver server = WebhookReceiver.start();
      RUNNING.push(server);
      server.answer(new BashReceiver(keys)::answer);
      return server.url("/hook");
    }
    RunningReceiver started = RunningReceiver.start(receiver, keys);
    RUNNING.push(started);
    return started.url();
  }

  private static int post(GuideReceiver receiver, Request request) throws Exception {
    return post(started(receiver), request);
  }

  private static int post(URI url, Request request) throws Exception {
    HttpRequest.Builder post =
        HttpRequest.newBuilder(url)
            .timeout(RotatedMaster.SOON)
            .POST(BodyPublishers.ofString(request.body()));
    request.headers().forEach(post::header);
    return CLIENT.send(post.build(), BodyHandlers.discarding()).statusCode();
  }
}

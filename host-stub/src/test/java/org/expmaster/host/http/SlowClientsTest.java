package org.expmaster.host.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.RawHttp;
import org.expmaster.host.testing.Wait;
import org.expmaster.plugin.http.Access;
import org.expmaster.plugin.http.Caller;
import org.expmaster.plugin.http.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Slow clients and slow handlers, and everyone else beside them. */
final class SlowClientsTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int CONNECTIONS = Limits.STANDARD.connections();
  private static final Duration LONG = Duration.ofHours(1);

  /** Limits that are never reached; each test shortens the one it is about. */
  private static final Limits PATIENT = new Limits(64, LONG, LONG, LONG, 4096, 4, 8, LONG);

  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicInteger held = new AtomicInteger();
  private final List<RawHttp> sockets = new ArrayList<>();
  private HttpServer server;
  private Api api;

  private void start(Limits limits) throws Exception {
    RouteTable table = new RouteTable();
    OwnRoutes routes = table.own("test");
    routes.addInstant("GET", "/info", request -> text("here"));
    routes.add("GET", "/quick", Access.PUBLIC, request -> text("quick"));
    routes.add("GET", "/large", Access.PUBLIC, request -> text("x".repeat(32 << 20)));
    routes.add(
        "POST", "/length", Access.PUBLIC, request -> text("length " + request.body().length));
    for (String path : List.of("/hold", "/hold-too")) {
      routes.add("GET", path, Access.PUBLIC, request -> hold());
    }
    table.open("test");
    Function<String, Optional<Caller>> nobody = token -> Optional.empty();
    server = HttpServer.start(new InetSocketAddress("127.0.0.1", 0), table, nobody, limits);
    api = Api.of(URI.create("http://127.0.0.1:" + server.port()));
  }

  private Response hold() throws InterruptedException {
    held.incrementAndGet();
    release.await();
    return text("held");
  }

  private static Response text(String text) {
    return new Response(200, Map.of("Content-Type", "text/plain"), text.getBytes(UTF_8));
  }

  @AfterEach
  void stop() throws IOException {
    release.countDown();
    for (RawHttp socket : sockets) {
      socket.close();
    }
    server.close();
  }

  private RawHttp send(String text) throws IOException {
    RawHttp raw = RawHttp.connect(server.port());
    sockets.add(raw);
    raw.send(text);
    return raw;
  }

  @Test
  void sixHundredThatSendAByteNowAndThenKeepNobodyOut() throws Exception {
    start(Limits.STANDARD);
    ScheduledExecutorService trickle = Executors.newSingleThreadScheduledExecutor();
    try {
      for (int i = 0; i < 300; i++) {
        send("GET /info HTTP/1.1\r\nHost: x\r\nA: ");
        send("POST /length HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n");
      }
      trickle.scheduleWithFixedDelay(
          () -> sockets.forEach(this::isClosed), 0, 100, TimeUnit.MILLISECONDS);
      for (int i = 0; i < 50; i++) {
        assertEquals(200, api.get("/info").status());
        assertTrue(
            RawHttp.exchange(server.port(), "GET /quick HTTP/1.1").startsWith("HTTP/1.1 200 "));
      }
      assertEquals("length 5", api.post("/length", "12345").http().body());
      Wait.until("what is too many is closed", SOON, () -> closed() >= 600 - CONNECTIONS);
    } finally {
      trickle.shutdownNow();
    }
  }

  private long closed() {
    return sockets.stream().filter(this::isClosed).count();
  }

  @Test
  void aNetworkThatTakesAllConnectionsTakesThemFromItselfAlone() throws Exception {
    start(PATIENT);
    try (RawHttp other = RawHttp.connect(server.port(), "127.0.0.2")) {
      other.send("GET /quick HTTP/1.1\r\n");
      for (int i = 0; i < 2 * PATIENT.connections(); i++) {
        send("GET /quick HTTP/1.1\r\n");
      }
      Wait.until("some are closed", SOON, () -> closed() >= PATIENT.connections());
      other.send("Host: x\r\nConnection: close\r\n\r\n");
      assertTrue(other.readAll().startsWith("HTTP/1.1 200 "));
    }
  }

  @Test
  void aHeadThatDoesNotEndIsCutOffHoweverOftenAByteOfItComes() throws Exception {
    start(new Limits(64, LONG, Duration.ofMillis(500), LONG, 4096, 4, 8, LONG));
    RawHttp first = send("GET /info HTTP/1.1\r\nHost: x\r\nA: ");
    RawHttp second = send("GET /quick HTTP/1.1\r\nHost: x\r\n\r\nGET /quick HTTP/1.1\r\nA: ");
    Wait.until("the first is closed", SOON, () -> isClosed(first));
    Wait.until("the second is closed", SOON, () -> isClosed(second));
  }

  private boolean isClosed(RawHttp raw) {
    try {
      raw.send("x");
      return false;
    } catch (IOException closed) {
      return true;
    }
  }

  @Test
  void aBodyThatDoesNotComeIsAnswered408AndTheConnectionClosed() throws Exception {
    start(new Limits(64, LONG, LONG, Duration.ofMillis(500), 4096, 4, 8, LONG));
    RawHttp slow = send("POST /length HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345");
    String answer = slow.readAll();
    assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
    assertTrue(answer.contains("\r\nConnection: close\r\n"), answer);
    assertTrue(answer.contains("the body came too slowly"), answer);
  }

  @Test
  void anAnswerThatNobodyTakesIsNotKept() throws Exception {
    start(new Limits(64, LONG, LONG, Duration.ofMillis(500), 1 << 30, 4, 8, LONG));
    RawHttp deaf = send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
    // the client reads nothing, and notices by its own sending that the connection is closed
    Wait.until("closed", SOON, () -> isClosed(deaf));
  }

  @Test
  void handlersThatHangKeepNeitherOtherRoutesNorWhatIsInstantFromAnswering() throws Exception {
    start(PATIENT);
    for (int i = 0; i < 6; i++) {
      send("GET /hold HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    Wait.until("half of the workers are held", SOON, () -> held.get() == 2);
    assertEquals("quick", api.get("/quick").http().body());
    for (int i = 0; i < 2; i++) {
      send("GET /hold-too HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    Wait.until("all of the workers are held", SOON, () -> held.get() == 4);
    assertEquals("here", api.get("/info").http().body());
    release.countDown();
    Wait.until("those that waited were served", SOON, () -> held.get() == 8);
  }

  @Test
  void oneTooManyThatWaitIsTold503AndWhenToTryAgain() throws Exception {
    start(PATIENT);
    for (int i = 0; i < 10; i++) {
      send("GET /hold HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    Wait.until("half of the workers are held", SOON, () -> held.get() == 2);
    Wait.until("a 503", SOON, () -> isBusy(api.get("/quick")));
  }

  private static boolean isBusy(Api.Answer answer) {
    if (answer.status() != 503) {
      return false;
    }
    assertEquals("the master has too much to do at present; try again", answer.error());
    assertEquals("1", answer.http().headers().firstValue("Retry-After").orElseThrow());
    return true;
  }

  @Test
  void whoHasWaitedForTooLongIsTold503() throws Exception {
    start(new Limits(64, LONG, LONG, LONG, 4096, 4, 8, Duration.ofMillis(100)));
    for (int i = 0; i < 2; i++) {
      send("GET /hold HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    Wait.until("half of the workers are held", SOON, () -> held.get() == 2);
    assertTrue(isBusy(api.get("/hold")));
    assertFalse(isBusy(api.get("/quick")));
  }
}

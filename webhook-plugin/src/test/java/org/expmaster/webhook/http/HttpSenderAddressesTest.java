package org.expmaster.webhook.http;

import static org.expmaster.webhook.http.Attempts.assertAnswered;
import static org.expmaster.webhook.http.Attempts.assertUnanswered;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.expmaster.webhook.http.Outcome.Kind;
import org.expmaster.webhook.testing.RawServer;
import org.expmaster.webhook.testing.ScriptedNames;
import org.expmaster.webhook.testing.TestDestinations;
import org.expmaster.webhook.testing.TurnableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses the sender connects to, as seen by the other end of real sockets. */
final class HttpSenderAddressesTest {
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Duration STALE = Duration.ofSeconds(5);

  private final ScriptedNames names = new ScriptedNames();
  private final TurnableClock clock = new TurnableClock();
  private Attempts attempts;

  private void open(Duration exchange, String... allowed) {
    attempts = new Attempts(TestDestinations.direct(names, clock, allowed), exchange);
  }

  @AfterEach
  void close() {
    attempts.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.0.0.2",
        "0.0.0.0",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::FFFF:7F00:1]",
        "localhost",
        "LOCALHOST",
        "loopback.example",
        "good-and-bad.example",
      })
  void aRefusedAddressIsNeverConnectedToAndAnAllowedOneIs(String host) throws Exception {
    names
        .answer("localhost", "127.0.0.1", "::1")
        .answer("loopback.example", "127.0.0.1")
        .answer("good-and-bad.example", "127.0.0.1", "8.8.8.8");
    try (RawServer everywhere = new RawServer(new ServerSocket(0), HttpSenderAddressesTest::ok)) {
      String url = "http://" + host + ":" + everywhere.port() + "/";
      open(LONG, "8.8.8.8");
      assertUnanswered(Kind.REFUSED_ADDRESS, attempts.send(url));
      assertEquals(0, everywhere.connections());
      attempts.close();

      open(LONG, "0.0.0.0/0", "::/0");
      assertAnswered(200, attempts.send(url));
      assertEquals(1, everywhere.connections());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2130706433", "0177.0.0.1", "017700000001", "0x7f000001", "[::1%25lo]"})
  void aHostThatProgramsDisagreeOverIsNobody(String host) throws Exception {
    try (RawServer everywhere = new RawServer(new ServerSocket(0), HttpSenderAddressesTest::ok)) {
      open(LONG, "0.0.0.0/0", "::/0");
      assertUnanswered(
          Kind.UNKNOWN_HOST, attempts.send("http://" + host + ":" + everywhere.port() + "/"));
      assertEquals(0, everywhere.connections());
    }
  }

  @Test
  void theAddressThatWasVettedIsTheOneConnectedTo() throws Exception {
    try (RawServer vetted = at("127.0.0.1", 0);
        RawServer rebound = at("127.0.0.2", vetted.port())) {
      names.answer("rebinding.example", "127.0.0.1").answer("rebinding.example", "127.0.0.2");
      String url = "http://rebinding.example:" + vetted.port() + "/";
      open(LONG, "127.0.0.1", "127.0.0.2");

      assertAnswered(200, attempts.send(url));

      assertEquals(List.of("rebinding.example"), List.copyOf(names.asked()), "once, to vet it");
      assertFalse(attempts.isPinned("rebinding.example"), "for the attempt, and no longer");
      assertEquals(1, vetted.requests().size());
      assertEquals(0, rebound.connections());
      assertTrue(
          vetted.requests().remove().contains("Host: rebinding.example:" + vetted.port() + "\r\n"));
    }
  }

  @Test
  void aNameThatTurnsBadIsRefusedThoughItsConnectionStands() throws Exception {
    try (RawServer good = at("127.0.0.1", 0);
        RawServer bad = at("127.0.0.2", good.port())) {
      names.answer("rebinding.example", "127.0.0.1").answer("rebinding.example", "127.0.0.2");
      String url = "http://rebinding.example:" + good.port() + "/";
      open(LONG, "127.0.0.1");
      assertAnswered(200, attempts.send(url));

      clock.turn(STALE);

      assertUnanswered(Kind.REFUSED_ADDRESS, attempts.send(url));
      assertEquals(1, good.requests().size());
      assertEquals(0, bad.connections());
    }
  }

  @Test
  void whereOneAddressDoesNotAnswerTheNextIsTried() throws Exception {
    try (RawServer receiver = at("127.0.0.1", 0)) {
      names.answer("two.example", "127.0.0.2", "::1", "127.0.0.1");
      open(LONG, "127.0.0.0/8", "::1");
      assertAnswered(200, attempts.send("http://two.example:" + receiver.port() + "/"));
    }
  }

  @Test
  void aNameThatHangsEndsInTimeAndCostsNoOther() throws Exception {
    CountDownLatch release = names.hang("hanging.example");
    names.answer("hanging.example", "127.0.0.1").answer("receiver.example", "127.0.0.1");
    try (RawServer receiver = at("127.0.0.1", 0)) {
      open(SHORT, "127.0.0.1");
      String hanging = "http://hanging.example:" + receiver.port() + "/hanging";
      List<BlockingQueue<Outcome>> waiting =
          List.of(attempts.begin(hanging), attempts.begin(hanging), attempts.begin(hanging));

      assertAnswered(200, attempts.send("http://receiver.example:" + receiver.port() + "/"));
      for (BlockingQueue<Outcome> one : waiting) {
        assertUnanswered(Kind.TIMED_OUT, Attempts.next(one));
      }

      // a look-up that ends too late does not cause a request
      release.countDown();
      assertAnswered(200, attempts.send(hanging));
      assertEquals(2, receiver.requests().size());
      attempts.close();
      joinThreads();
      assertFalse(attempts.isPinned("hanging.example"));
    } finally {
      release.countDown();
    }
  }

  @Test
  void closingWhileANameHangsCutsShortAndLeavesNoThread() throws Exception {
    CountDownLatch release = names.hang("hanging.example");
    try {
      open(LONG);
      BlockingQueue<Outcome> waiting = attempts.begin("http://hanging.example/");
      attempts.close();
      assertUnanswered(Kind.CUT_SHORT, Attempts.next(waiting));
    } finally {
      release.countDown();
    }
    joinThreads();
  }

  private static void joinThreads() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("webhooks-")) {
        thread.join(TimeUnit.SECONDS.toMillis(10));
        assertFalse(thread.isAlive(), thread.getName());
      }
    }
  }

  @Test
  void aUrlWithoutAHostGoesNowhere() throws Exception {
    open(LONG, "0.0.0.0/0");
    assertUnanswered(Kind.UNKNOWN_HOST, attempts.send("http://tilde~d/"));
    assertEquals(List.of(), List.copyOf(names.asked()));
  }

  private static RawServer at(String address, int port) throws IOException {
    ServerSocket server = new ServerSocket();
    server.bind(new InetSocketAddress(InetAddress.getByName(address), port));
    return new RawServer(server, HttpSenderAddressesTest::ok);
  }

  private static void ok(RawServer.Conversation conversation) throws IOException {
    while (conversation.readRequest()) {
      conversation.write(Attempts.OK);
    }
  }
}

package org.expmaster.webhook.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.expmaster.webhook.http.Outcome.Kind;
import org.expmaster.webhook.testing.RawServer;
import org.expmaster.webhook.testing.ScriptedNames;
import org.expmaster.webhook.testing.TestDestinations;
import org.expmaster.webhook.testing.TurnableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sender with well-behaved and misbehaving receivers. */
final class HttpSenderTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  private static final Duration EXCHANGE = Duration.ofSeconds(2);

  private final Sender sender =
      new HttpSender(
          new Sender.Limits(EXCHANGE, EXCHANGE),
          8,
          "expmaster-webhooks/test",
          TestDestinations.direct(new ScriptedNames(), new TurnableClock(), "127.0.0.0/8"));

  @AfterEach
  void close() {
    sender.close();
  }

  @Test
  void aRequestIsOnePostWithTheBytesAndHeadersItWasGiven() throws Exception {
    try (RawServer receiver = RawServer.answering(OK)) {
      assertAnswered(200, send(receiver.url("/hook/a%20b?c=d&e=%2F"), "{\"größe\":\"🎉\"}"));

      String request = receiver.requests().remove();
      assertTrue(request.startsWith("POST /hook/a%20b?c=d&e=%2F HTTP/1.1\r\n"), request);
      assertTrue(request.endsWith("\r\n\r\n{\"größe\":\"🎉\"}"), request);
      assertTrue(request.contains("Content-Type: application/cloudevents+json\r\n"), request);
      assertTrue(request.contains("X-Test: yes\r\n"), request);
      assertTrue(request.contains("User-Agent: expmaster-webhooks/test\r\n"), request);
      assertTrue(request.contains("Host: 127.0.0.1:" + receiver.port() + "\r\n"), request);
      assertTrue(!request.toLowerCase(Locale.ROOT).contains("accept-encoding"), request);
    }
  }

  @Test
  void connectionsAreUsedAgain() throws Exception {
    try (RawServer receiver = RawServer.answering(OK)) {
      for (int i = 0; i < 20; i++) {
        assertAnswered(200, send(receiver.url("/"), "{}"));
      }
      // an outcome is reported a moment before its connection returns to the pool
      assertTrue(receiver.connections() <= 10, "connections: " + receiver.connections());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 299, 300, 304, 400, 404, 410, 429, 500, 503, 599})
  void theStatusIsToldAsItCame(int status) throws Exception {
    try (RawServer receiver =
        RawServer.answering("HTTP/1.1 " + status + " Whatever\r\nContent-Length: 0\r\n\r\n")) {
      Outcome outcome = send(receiver.url("/"), "{}");
      assertAnswered(status, outcome);
      assertEquals(status < 300, outcome.succeeded());
    }
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    try (RawServer elsewhere = RawServer.answering(OK);
        RawServer receiver =
            RawServer.answering(
                "HTTP/1.1 307 Temporary Redirect\r\nLocation: "
                    + elsewhere.url("/")
                    + "\r\nContent-Length: 0\r\n\r\n")) {
      assertAnswered(307, send(receiver.url("/"), "{}"));
      assertEquals(0, elsewhere.connections());
    }
  }

  @Test
  void aCompressedBodyIsNotUnpacked() throws Exception {
    try (RawServer receiver =
        RawServer.answering(
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nnogz!")) {
      assertAnswered(200, send(receiver.url("/"), "{}"));
    }
  }

  @Test
  void anHttp10AnswerThatEndsWithTheConnectionCounts() throws Exception {
    try (RawServer receiver =
        RawServer.on(
            conversation -> {
              conversation.readRequest();
              conversation.write("HTTP/1.0 200 OK\r\n\r\nthanks");
            })) {
      assertAnswered(200, send(receiver.url("/"), "{}"));
    }
  }

  @Test
  void silenceEndsInTime() throws Exception {
    assertUnanswered(Kind.TIMED_OUT, RawServer.Conversation::waitForEnd);
  }

  @Test
  void aHeadThatStallsEndsInTime() throws Exception {
    assertUnanswered(
        Kind.TIMED_OUT,
        conversation -> {
          conversation.readRequest();
          conversation.write("HTTP/1.1 200 OK\r\nX-Slow: ");
          conversation.waitForEnd();
        });
  }

  @Test
  void aResetIsALostConnection() throws Exception {
    assertUnanswered(
        Kind.CONNECTION_LOST,
        conversation -> {
          conversation.readRequest();
          conversation.reset();
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.2\r\n\r\n",
        "HTTP/1.1 abc Not A Number\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: minus one\r\n\r\n",
      })
  void whatIsNotHttpIsNeverTakenForAnAnswer(String bytes) throws Exception {
    assertUnanswered(
        Kind.PROTOCOL_ERROR,
        conversation -> {
          conversation.readRequest();
          conversation.write(bytes);
          conversation.waitForEnd();
        });
  }

  @Test
  void aPortNobodyListensOnRefusesTheConnection() throws Exception {
    int port;
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = unused.getLocalPort();
    }
    Outcome outcome = send(URI.create("http://127.0.0.1:" + port + "/"), "{}");
    assertEquals(Kind.CONNECT_REFUSED, kind(outcome));
  }

  @Test
  void aNameWithoutAddressIsAnUnknownHost() throws Exception {
    assertEquals(Kind.UNKNOWN_HOST, kind(send(URI.create("http://no-such-host.invalid/"), "{}")));
  }

  @Test
  void plainTextWhereTlsWasExpectedIsSaidToBeThat() throws Exception {
    try (RawServer receiver = RawServer.answering(OK);
        RawServer plain =
            RawServer.on(conversation -> conversation.write("HTTP/1.1 400 Bad\r\n\r\n"))) {
      assertEquals(
          Kind.TLS_NOT_SPOKEN,
          kind(send(URI.create("https://127.0.0.1:" + plain.port() + "/"), "{}")));
      assertEquals(0, receiver.connections());
    }
  }

  @Test
  void closingCutsShortWhatIsUnderWayAndEndsEveryThread() throws Exception {
    try (RawServer receiver = RawServer.on(RawServer.Conversation::waitForEnd)) {
      BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
      sender.send(request(receiver.url("/"), "{}"), outcomes::add);
      assertTrue(threads().size() > 0);

      sender.close();

      assertEquals(Kind.CUT_SHORT, kind(outcomes.poll(10, TimeUnit.SECONDS)));
      sender.send(request(receiver.url("/"), "{}"), outcomes::add);
      assertEquals(Kind.CUT_SHORT, kind(outcomes.poll(10, TimeUnit.SECONDS)));
      for (Thread thread : threads()) {
        thread.join(10_000);
      }
      assertEquals(Set.of(), threads());
    }
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("webhooks-"))
        .collect(Collectors.toSet());
  }

  private void assertUnanswered(Kind kind, RawServer.Script script) throws Exception {
    try (RawServer receiver = RawServer.on(script)) {
      assertEquals(kind, kind(send(receiver.url("/"), "{}")));
    }
  }

  private static void assertAnswered(int status, Outcome outcome) {
    assertEquals(status, assertInstanceOf(Outcome.Answered.class, outcome).status());
  }

  private static Kind kind(Outcome outcome) {
    return assertInstanceOf(Outcome.Unanswered.class, outcome).kind();
  }

  private Outcome send(URI url, String body) throws IOException, InterruptedException {
    BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    sender.send(request(url, body), outcomes::add);
    Outcome outcome = outcomes.poll(10, TimeUnit.SECONDS);
    assertTrue(outcome != null, "the attempt never ended");
    assertTrue(outcomes.isEmpty(), "the attempt ended twice");
    return outcome;
  }

  private static OutgoingRequest request(URI url, String body) {
    return new OutgoingRequest(
        url, "application/cloudevents+json", Map.of("X-Test", "yes"), body.getBytes(UTF_8));
  }
}

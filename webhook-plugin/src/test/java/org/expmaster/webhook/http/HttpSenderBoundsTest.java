package org.expmaster.webhook.http;

import static org.expmaster.webhook.http.Attempts.assertAnswered;
import static org.expmaster.webhook.http.Attempts.assertUnanswered;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.expmaster.webhook.http.Outcome.Kind;
import org.expmaster.webhook.testing.Certificate;
import org.expmaster.webhook.testing.RawServer;
import org.expmaster.webhook.testing.ScriptedNames;
import org.expmaster.webhook.testing.TestDestinations;
import org.expmaster.webhook.testing.TurnableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses that are endless in any of their parts, with and without TLS. */
final class HttpSenderBoundsTest {
  /** Far longer than it takes to receive more than the limit. */
  private static final Duration EXCHANGE = Duration.ofSeconds(60);

  /** What is read, and what the system buffers on both sides before a writer blocks. */
  private static final long READ_AND_BUFFERED = 32L << 20;

  @TempDir static Path directory;

  /** What is sent once, what is then repeated, and whether there is a status. */
  private enum Endless {
    INTERIM_ANSWERS("", "HTTP/1.1 103 Early\r\nA: b\r\n\r\n", false),
    CONTINUES("", "HTTP/1.1 100 Continue\r\n\r\n", false),
    EMPTY_LINES("", "\r\n", false),
    STATUS_LINE("HTTP/1.1 200 ", "x", false),
    HEADER("HTTP/1.1 200 OK\r\nA: ", "x", false),
    HEADERS("HTTP/1.1 200 OK\r\n", "A: b\r\n", false),
    FOLDED_HEADER("HTTP/1.1 200 OK\r\nA: b\r\n", " c\r\n", false),
    BODY("HTTP/1.1 200 OK\r\n\r\n", "x", true),
    CHUNKS(CHUNKED, "1\r\nx\r\n", true),
    CHUNK_EXTENSIONS(CHUNKED, "1;" + "e".repeat(3_900) + "\r\nx\r\n", true),
    ONE_CHUNK_EXTENSION(CHUNKED + "1;", "e", true),
    TRAILERS(CHUNKED + "0\r\n", "A: b\r\n", true);

    private final String first;
    private final String again;
    private final boolean hasStatus;

    Endless(String first, String again, boolean hasStatus) {
      this.first = first;
      this.again = again;
      this.hasStatus = hasStatus;
    }

    void send(RawServer.Conversation conversation, AtomicLong written) throws java.io.IOException {
      conversation.readRequest();
      conversation.write(first);
      String much = again.repeat(1 + 60_000 / again.length());
      while (true) {
        conversation.write(much);
        written.addAndGet(much.length());
      }
    }
  }

  private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

  @ParameterizedTest
  @EnumSource
  void nothingEndlessIsReadToItsTimeOut(Endless endless) throws Exception {
    AtomicLong written = new AtomicLong();
    try (RawServer receiver = RawServer.on(conversation -> endless.send(conversation, written));
        Attempts attempts = Attempts.onLoopback(EXCHANGE)) {
      assertBounded(endless, attempts.send(receiver.url("/")), written);
    }
  }

  @ParameterizedTest
  @EnumSource
  void norOverTls(Endless endless) throws Exception {
    Certificate certificate = Certificate.selfSigned(directory, "dns:" + name(endless));
    AtomicLong written = new AtomicLong();
    try (RawServer receiver =
            new RawServer(
                certificate.listen(), conversation -> endless.send(conversation, written));
        Attempts attempts =
            certificate.trustedBy(
                () ->
                    new Attempts(
                        TestDestinations.direct(
                            new ScriptedNames().answer(name(endless), "127.0.0.1"),
                            new TurnableClock(),
                            "127.0.0.1"),
                        EXCHANGE))) {
      assertBounded(
          endless,
          attempts.send("https://" + name(endless) + ":" + receiver.port() + "/"),
          written);
    }
  }

  private static String name(Endless endless) {
    return endless.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + ".example";
  }

  private static void assertBounded(Endless endless, Outcome outcome, AtomicLong written) {
    if (endless.hasStatus) {
      assertAnswered(200, outcome);
    } else {
      assertUnanswered(Kind.PROTOCOL_ERROR, outcome);
    }
    assertTrue(outcome.took().compareTo(EXCHANGE.dividedBy(2)) < 0, () -> "took " + outcome.took());
    assertTrue(written.get() < READ_AND_BUFFERED, () -> "written: " + written);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, ReplyConsumer.MAX_INTERIM_ANSWERS})
  void aFewInterimAnswersAreWaitedThrough(int interim) throws Exception {
    try (RawServer receiver =
            RawServer.answering(
                "HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n".repeat(interim)
                    + Attempts.OK);
        Attempts attempts = Attempts.onLoopback(EXCHANGE)) {
      for (int i = 0; i < 3; i++) {
        assertAnswered(200, attempts.send(receiver.url("/")));
      }
    }
  }

  @Test
  void whatOneAnswerTookIsNotHeldAgainstTheNextOnItsConnection() throws Exception {
    String body = "x".repeat(ReplyConsumer.MAX_BODY_BYTES);
    try (RawServer receiver =
            RawServer.answering(
                "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        Attempts attempts = Attempts.onLoopback(EXCHANGE)) {
      for (int i = 0; i < 6; i++) {
        assertAnswered(200, attempts.send(receiver.url("/")));
      }
      // an outcome is reported a moment before its connection returns to the pool
      assertTrue(receiver.connections() <= 3, "connections: " + receiver.connections());
    }
  }
}

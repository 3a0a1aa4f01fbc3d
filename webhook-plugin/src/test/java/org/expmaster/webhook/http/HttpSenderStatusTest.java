package org.expmaster.webhook.http;

import static org.expmaster.webhook.http.Attempts.assertAnswered;
import static org.expmaster.webhook.http.Attempts.assertUnanswered;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.expmaster.webhook.http.Outcome.Answered;
import org.expmaster.webhook.http.Outcome.Kind;
import org.expmaster.webhook.testing.RawServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Once the status has arrived it decides, however the body ends. */
final class HttpSenderStatusTest {
  private static final Duration EXCHANGE = Duration.ofSeconds(30);

  private final Attempts attempts = Attempts.onLoopback(EXCHANGE);

  @AfterEach
  void close() {
    attempts.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "200 OK\r\nContent-Length: 100\r\n\r\nbeginning",
        "200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nbeginning\r\n",
        "200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nbeginning\r\n0\r\nhalf a trail",
        "200 OK\r\n\r\nbeginning",
        "201 Created\r\nContent-Length: 100\r\n\r\nbeginning",
        "299 Fine\r\nContent-Length: 100\r\n\r\nbeginning",
        "302 Found\r\nContent-Length: 100\r\n\r\nbeginning",
        "404 Not Found\r\nContent-Length: 100\r\n\r\nbeginning",
        "500 Oh\r\nContent-Length: 100\r\n\r\nbeginning",
      })
  void aBodyThatBreaksOffLeavesItsStatusAndWhatCameOfIt(String answer) throws Exception {
    int status = Integer.parseInt(answer.substring(0, 3));
    try (RawServer receiver = once("HTTP/1.1 " + answer, RawServer.Conversation::end)) {
      assertBeginning(status, attempts.send(receiver.url("/")));
    }
    try (RawServer receiver =
        once(
            "HTTP/1.1 " + answer,
            conversation -> {
              TimeUnit.MILLISECONDS.sleep(50); // a reset discards what has not been read
              conversation.reset();
            })) {
      assertBeginning(status, attempts.send(receiver.url("/")));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\n\r\nbeginning",
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbeginning",
        "HTTP/1.1 500 Oh\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nbeginning",
      })
  @Execution(ExecutionMode.CONCURRENT)
  void aBodyThatDoesNotEndIsNotWaitedForAndItsConnectionIsClosed(String answer) throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    try (RawServer receiver =
        once(
            answer,
            conversation -> {
              try {
                conversation.waitForEnd();
              } finally {
                closed.countDown();
              }
            })) {
      Outcome outcome = attempts.send(receiver.url("/"));
      assertBeginning(answer.contains("200") ? 200 : 500, outcome);
      assertTrue(outcome.took().compareTo(ReplyConsumer.MAX_BODY_TIME) >= 0);
      assertTrue(outcome.took().compareTo(EXCHANGE) < 0, () -> "took " + outcome.took());
      assertTrue(closed.await(10, TimeUnit.SECONDS), "the connection stays open");
    }
  }

  @Test
  void aBodyThatIsGarbageLeavesItsStatus() throws Exception {
    try (RawServer receiver =
        once(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nthis is no length\r\n",
            RawServer.Conversation::waitForEnd)) {
      assertAnswered(200, attempts.send(receiver.url("/")));
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aBodyThatTricklesIsNotWaitedForThoughItNeverPauses() throws Exception {
    try (RawServer receiver =
        once(
            "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n",
            conversation -> {
              while (true) {
                conversation.write("x");
                TimeUnit.MILLISECONDS.sleep(20);
              }
            })) {
      Outcome outcome = attempts.send(receiver.url("/"));
      assertAnswered(200, outcome);
      assertTrue(outcome.took().compareTo(EXCHANGE) < 0, () -> "took " + outcome.took());
    }
  }

  @Test
  void aRefusalWhoseBodyBreaksOffKeepsItsRetryAfter() throws Exception {
    try (RawServer receiver =
        once(
            "HTTP/1.1 429 Slow\r\nRetry-After: 60\r\nContent-Length: 100\r\n\r\nbeginning",
            RawServer.Conversation::end)) {
      Outcome outcome = attempts.send(receiver.url("/"));
      assertEquals(Optional.of("60"), assertInstanceOf(Answered.class, outcome).retryAfter());
    }
  }

  @Test
  void aBodyWithoutEndIsReadToItsBoundAndTheStatusCounts() throws Exception {
    try (RawServer receiver =
        once(
            "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n",
            conversation -> {
              while (true) {
                conversation.write("x".repeat(10_000));
              }
            })) {
      assertAnswered(200, attempts.send(receiver.url("/")));
    }
  }

  @Test
  void closingLeavesTheStatusThatHasCome() throws Exception {
    CountDownLatch written = new CountDownLatch(1);
    try (RawServer receiver =
        once(
            "HTTP/1.1 200 OK\r\n\r\nbeginning",
            conversation -> {
              written.countDown();
              conversation.waitForEnd();
            })) {
      var outcomes = attempts.begin(receiver.url("/").toString());
      assertTrue(written.await(10, TimeUnit.SECONDS));
      attempts.awaitIo();
      attempts.close();
      assertAnswered(200, Attempts.next(outcomes));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 103 Early\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\n", "HTTP"})
  void beforeThereIsAStatusThereIsNoAnswer(String bytes) throws Exception {
    try (RawServer receiver = once(bytes, RawServer.Conversation::reset)) {
      assertUnanswered(Kind.CONNECTION_LOST, attempts.send(receiver.url("/")));
      assertEquals(1, receiver.connections());
    }
  }

  @Test
  void aRedirectWithinTheHostSaysHowThePathDiffers() throws Exception {
    try (RawServer receiver =
        RawServer.answering(
            "HTTP/1.1 308 Moved\r\nLocation: /hook/?s3cret\r\nContent-Length: 0\r\n\r\n")) {
      assertEquals(
          "the receiver answered 308, which points to the same path with a slash at the end;"
              + " redirects are not followed",
          attempts.send(receiver.url("/hook")).describe());
    }
  }

  private static void assertBeginning(int status, Outcome outcome) {
    assertAnswered(status, outcome);
    assertEquals(Optional.of("beginning"), ((Answered) outcome).response());
  }

  private static RawServer once(String answer, RawServer.Script then) {
    return RawServer.on(
        conversation -> {
          conversation.readRequest();
          conversation.write(answer);
          then.run(conversation);
        });
  }
}

package org.expmaster.webhook.http;

import static org.expmaster.webhook.http.Attempts.assertAnswered;
import static org.expmaster.webhook.http.Attempts.assertUnanswered;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.expmaster.webhook.http.Outcome.Kind;
import org.expmaster.webhook.testing.Certificate;
import org.expmaster.webhook.testing.RawServer;
import org.expmaster.webhook.testing.RawServer.Conversation;
import org.expmaster.webhook.testing.ScriptedNames;
import org.expmaster.webhook.testing.TestDestinations;
import org.expmaster.webhook.testing.TurnableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pooled connection that the receiver has closed costs no attempt; other failures do. */
final class HttpSenderReuseTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  /** Enough for a connection to return to the pool, and to be checked before it is reused. */
  private static final long IDLE_MILLIS = 300;

  @TempDir Path directory;

  @Test
  void aConnectionThatIsResetAtItsSecondRequestCostsNoAttempt() throws Exception {
    try (RawServer receiver = RawServer.on(HttpSenderReuseTest::resetAtSecondRequest);
        Attempts attempts = Attempts.onLoopback(LONG)) {
      for (int i = 0; i < 6; i++) {
        assertAnswered(200, attempts.send(receiver.url("/")));
        attempts.awaitIo();
      }
    }
  }

  @Test
  void norOverTls() throws Exception {
    Certificate certificate = Certificate.selfSigned(directory, "dns:receiver.example");
    ScriptedNames names = new ScriptedNames().answer("receiver.example", "127.0.0.1");
    try (RawServer receiver =
            new RawServer(certificate.listen(), HttpSenderReuseTest::resetAtSecondRequest);
        Attempts attempts =
            certificate.trustedBy(
                () ->
                    new Attempts(
                        TestDestinations.direct(names, new TurnableClock(), "127.0.0.1"), LONG))) {
      for (int i = 0; i < 6; i++) {
        assertAnswered(200, attempts.send("https://receiver.example:" + receiver.port() + "/"));
        attempts.awaitIo();
      }
    }
  }

  private static void resetAtSecondRequest(Conversation conversation)
      throws IOException, InterruptedException {
    conversation.readRequest();
    conversation.write(Attempts.OK);
    conversation.readRequest();
    conversation.reset();
  }

  @Test
  void norDoManyThatHaveAllBeenGivenUp() throws Exception {
    int many = 6;
    CountDownLatch together = new CountDownLatch(many);
    try (RawServer receiver =
            RawServer.on(
                conversation -> {
                  conversation.readRequest();
                  together.countDown();
                  together.await();
                  conversation.write(Attempts.OK);
                  conversation.readRequest();
                  conversation.reset();
                });
        Attempts attempts = Attempts.onLoopback(LONG)) {
      List<BlockingQueue<Outcome>> first = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        first.add(attempts.begin(receiver.url("/").toString()));
      }
      for (BlockingQueue<Outcome> outcome : first) {
        assertAnswered(200, Attempts.next(outcome));
      }
      attempts.awaitIo();
      assertEquals(many, receiver.connections());
      assertAnswered(200, attempts.send(receiver.url("/")));
      assertEquals(many + 1, receiver.connections(), "one of the old, then a new one at once");
    }
  }

  @Test
  void anIdleConnectionThatWasClosedIsNotUsed() throws Exception {
    try (RawServer receiver =
            RawServer.on(
                conversation -> {
                  conversation.readRequest();
                  conversation.write(Attempts.OK);
                });
        Attempts attempts = Attempts.onLoopback(LONG)) {
      for (int i = 0; i < 3; i++) {
        assertAnswered(200, attempts.send(receiver.url("/")));
        TimeUnit.MILLISECONDS.sleep(IDLE_MILLIS);
      }
      assertEquals(3, receiver.requests().size());
    }
  }

  @Test
  void onAFreshConnectionNothingIsRepeated() throws Exception {
    try (RawServer receiver =
            RawServer.on(
                conversation -> {
                  conversation.readRequest();
                  conversation.reset();
                });
        Attempts attempts = Attempts.onLoopback(LONG)) {
      assertUnanswered(Kind.CONNECTION_LOST, attempts.send(receiver.url("/")));
      assertEquals(1, receiver.requests().size());
    }
  }

  @Test
  void norMoreThanOnce() throws Exception {
    AtomicInteger connections = new AtomicInteger();
    try (RawServer receiver =
            RawServer.on(
                conversation -> {
                  boolean first = connections.getAndIncrement() == 0;
                  conversation.readRequest();
                  if (first) {
                    conversation.write(Attempts.OK);
                    conversation.readRequest();
                  }
                  conversation.reset();
                });
        Attempts attempts = Attempts.onLoopback(LONG)) {
      assertAnswered(200, attempts.send(receiver.url("/")));
      attempts.awaitIo();
      assertUnanswered(Kind.CONNECTION_LOST, attempts.send(receiver.url("/")));
      assertEquals(3, receiver.requests().size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"H", "HTTP/1.1 2", "HTTP/1.1 103 Early\r\n\r\n"})
  void norWhereAByteOfAnAnswerHasCome(String beginning) throws Exception {
    try (RawServer receiver =
            RawServer.on(
                conversation -> {
                  conversation.readRequest();
                  conversation.write(Attempts.OK);
                  conversation.readRequest();
                  conversation.write(beginning);
                  TimeUnit.MILLISECONDS.sleep(50); // a reset discards what has not been read
                  conversation.reset();
                });
        Attempts attempts = Attempts.onLoopback(LONG)) {
      assertAnswered(200, attempts.send(receiver.url("/")));
      attempts.awaitIo();
      assertUnanswered(Kind.CONNECTION_LOST, attempts.send(receiver.url("/")));
      assertEquals(2, receiver.requests().size());
    }
  }

  @Test
  void norBeyondTheDeadlineOfTheAttempt() throws Exception {
    Duration limit = Duration.ofSeconds(2);
    AtomicInteger connections = new AtomicInteger();
    try (RawServer receiver =
            RawServer.on(
                conversation -> {
                  boolean first = connections.getAndIncrement() == 0;
                  conversation.readRequest();
                  if (first) {
                    conversation.write(Attempts.OK);
                    conversation.readRequest();
                    TimeUnit.MILLISECONDS.sleep(limit.toMillis() / 2);
                    conversation.reset();
                  }
                  conversation.waitForEnd();
                });
        Attempts attempts = Attempts.onLoopback(limit)) {
      assertAnswered(200, attempts.send(receiver.url("/")));
      attempts.awaitIo();
      Outcome outcome = attempts.send(receiver.url("/"));
      assertUnanswered(Kind.TIMED_OUT, outcome);
      assertEquals(2, receiver.connections());
      // with a time-out of its own, the second request would end after one and a half of it
      Duration both = limit.multipliedBy(3).dividedBy(2);
      assertTrue(outcome.took().compareTo(both) < 0, () -> "took " + outcome.took());
    }
  }
}

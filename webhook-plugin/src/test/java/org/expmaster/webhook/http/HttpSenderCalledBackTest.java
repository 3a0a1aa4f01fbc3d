package org.expmaster.webhook.http;

import static org.expmaster.webhook.http.Attempts.assertAnswered;
import static org.expmaster.webhook.http.Attempts.assertUnanswered;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.expmaster.webhook.http.Outcome.Kind;
import org.expmaster.webhook.testing.Certificate;
import org.expmaster.webhook.testing.RawServer;
import org.expmaster.webhook.testing.ScriptedNames;
import org.expmaster.webhook.testing.TestDestinations;
import org.expmaster.webhook.testing.TurnableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An attempt can be called back as long as no byte of its request has been sent. */
final class HttpSenderCalledBackTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path directory;
  private final RawServer receiver = RawServer.answering(Attempts.OK);
  private final Attempts attempts = Attempts.onLoopback(LONG);

  @AfterEach
  void close() {
    attempts.close();
    receiver.close();
  }

  @Test
  void whatIsCalledBackWhileItConnectsIsNotSent() throws Exception {
    String url = receiver.url("/").toString();
    Outcome outcome = Attempts.next(attempts.begin(url, () -> isCalledBackOnceConnected(receiver)));
    assertUnanswered(Kind.CUT_SHORT, outcome);
    assertEquals(0, receiver.requests().size());

    assertAnswered(200, attempts.send(url));
    assertEquals(1, receiver.requests().size());
  }

  @Test
  void norDuringTheTlsHandshake() throws Exception {
    Certificate certificate = Certificate.selfSigned(directory, "dns:receiver.example");
    ScriptedNames names = new ScriptedNames().answer("receiver.example", "127.0.0.1");
    try (RawServer secure =
            new RawServer(
                certificate.listen(),
                conversation -> {
                  while (conversation.readRequest()) {
                    conversation.write(Attempts.OK);
                  }
                });
        Attempts trusting =
            certificate.trustedBy(
                () ->
                    new Attempts(
                        TestDestinations.direct(names, new TurnableClock(), "127.0.0.1"), LONG))) {
      String url = "https://receiver.example:" + secure.port() + "/";
      assertUnanswered(Kind.CUT_SHORT, Attempts.next(trusting.begin(url, () -> false)));
      assertEquals(0, secure.requests().size());
      assertAnswered(200, trusting.send(url));
    }
  }

  @Test
  void norOverAConnectionFromThePool() throws Exception {
    String url = receiver.url("/").toString();
    assertAnswered(200, attempts.send(url));
    attempts.awaitIo();
    assertUnanswered(Kind.CUT_SHORT, Attempts.next(attempts.begin(url, () -> false)));
    assertAnswered(200, attempts.send(url));
    assertEquals(2, receiver.requests().size());
  }

  @Test
  void norOnceMoreWhereItsConnectionWasDead() throws Exception {
    try (RawServer resetting =
        RawServer.on(
            conversation -> {
              conversation.readRequest();
              conversation.write(Attempts.OK);
              conversation.readRequest();
              conversation.reset();
            })) {
      String url = resetting.url("/").toString();
      assertAnswered(200, attempts.send(url));
      attempts.awaitIo();
      AtomicInteger asked = new AtomicInteger();
      Outcome outcome = Attempts.next(attempts.begin(url, () -> asked.getAndIncrement() == 0));
      assertUnanswered(Kind.CUT_SHORT, outcome);
      assertEquals(2, resetting.requests().size());
    }
  }

  /** Calls back, but throws if it is called before there is a connection. */
  private static boolean isCalledBackOnceConnected(RawServer receiver) {
    for (int i = 0; receiver.connections() == 0; i++) {
      if (i > 5_000) {
        throw new IllegalStateException("asked before there is a connection");
      }
      pause();
    }
    return false;
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(1);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}

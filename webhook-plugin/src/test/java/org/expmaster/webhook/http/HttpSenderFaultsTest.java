package org.expmaster.webhook.http;

import static org.expmaster.webhook.http.Attempts.assertAnswered;
import static org.expmaster.webhook.http.Attempts.assertUnanswered;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.expmaster.webhook.http.Outcome.Kind;
import org.expmaster.webhook.testing.RawServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is thrown at any step: each attempt ends once, the sender continues and reports it. */
@Execution(ExecutionMode.CONCURRENT)
final class HttpSenderFaultsTest {
  private final FaultySender faulty = new FaultySender();
  private final FaultyClients clients = faulty.clients;
  private final RawServer receiver = faulty.receiver;
  private final RawServer silent = faulty.silent;

  static Stream<Throwable> faults() {
    return FaultySender.faults();
  }

  static Stream<Throwable> errors() {
    return faults().filter(Error.class::isInstance);
  }

  @AfterEach
  void close() {
    faulty.close();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void whatIsToldOfAnAnswerMayThrow(Throwable fault) throws Exception {
    BlockingQueue<Outcome> outcomes = faulty.begin(receiver.url("/"), fault);
    assertAnswered(200, Attempts.next(outcomes));
    faulty.assertGoesOnAndSays("what follows an attempt failed: " + fault.getClass().getName());
    assertEquals(1, clients.made.size(), "its thread lives, so the client need not be replaced");
  }

  @ParameterizedTest
  @MethodSource("faults")
  void soMayWhatIsToldOfATimeOut(Throwable fault) throws Exception {
    BlockingQueue<Outcome> first = faulty.begin(silent.url("/"), fault);
    BlockingQueue<Outcome> second = faulty.begin(silent.url("/"), fault);
    assertUnanswered(Kind.TIMED_OUT, Attempts.next(first));
    assertUnanswered(Kind.TIMED_OUT, Attempts.next(second));
    assertUnanswered(Kind.TIMED_OUT, Attempts.next(faulty.begin(silent.url("/"), null)));
    faulty.assertGoesOnAndSays("what follows an attempt failed: " + fault.getClass().getName());
  }

  @ParameterizedTest
  @MethodSource("faults")
  void soMayWhatIsToldOfAShutdown(Throwable fault) throws Exception {
    BlockingQueue<Outcome> first = faulty.begin(silent.url("/"), fault);
    BlockingQueue<Outcome> second = faulty.begin(silent.url("/"), fault);
    faulty.sender.close();
    assertUnanswered(Kind.CUT_SHORT, Attempts.next(first));
    assertUnanswered(Kind.CUT_SHORT, Attempts.next(second));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void soMaySending(Throwable fault) throws Exception {
    clients.made.get(0).thrownByExecuting = fault;
    Outcome outcome = faulty.send(receiver.url("/"));
    assertUnanswered(fault instanceof Error ? Kind.CUT_SHORT : Kind.CONNECTION_LOST, outcome);
    assertEquals(0, faulty.sender.pins.size());
    clients.made.get(0).thrownByExecuting = null;
    assertAnswered(200, faulty.send(receiver.url("/")));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void soMayLookingUp(Error fault) throws Exception {
    faulty.thrownByLookUp = fault;
    URI url = URI.create("http://pinned.example:" + receiver.port() + "/");
    assertUnanswered(Kind.CUT_SHORT, faulty.send(url));
    faulty.thrownByLookUp = null;
    assertAnswered(200, faulty.send(url));
    faulty.assertGoesOnAndSays("beginning an attempt failed: " + fault.getClass().getName());
  }

  @ParameterizedTest
  @MethodSource("faults")
  void soMayASweep(Throwable fault) throws Exception {
    Mishaps mishaps = new Mishaps();
    CountDownLatch sweeps = new CountDownLatch(3);
    Runnable sweep =
        () -> {
          sweeps.countDown();
          FaultyClients.raise(fault);
        };
    try (Sweeper sweeper = new Sweeper("sweeps", sweep, mishaps)) {
      assertTrue(sweeps.await(30, TimeUnit.SECONDS), "it has ended");
      assertTrue(mishaps.current().orElseThrow().contains(fault.getClass().getName()));
    }
  }
}

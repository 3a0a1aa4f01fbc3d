package org.expmaster.webhook.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.expmaster.webhook.http.Attempts.assertAnswered;
import static org.expmaster.webhook.http.Attempts.assertUnanswered;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;
import org.expmaster.webhook.egress.Destination;
import org.expmaster.webhook.egress.Destinations;
import org.expmaster.webhook.egress.Host;
import org.expmaster.webhook.http.Outcome.Kind;
import org.expmaster.webhook.testing.RawServer;
import org.expmaster.webhook.testing.ScriptedNames;
import org.expmaster.webhook.testing.TestDestinations;
import org.expmaster.webhook.testing.TurnableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is thrown at any step: each attempt ends once, the sender continues and reports it. */
@Execution(ExecutionMode.CONCURRENT)
final class HttpSenderFaultsTest {
  private static final Duration EXCHANGE = Duration.ofSeconds(2);

  private final ScriptedNames names = new ScriptedNames().answer("pinned.example", "127.0.0.1");
  private final Destinations destinations =
      TestDestinations.direct(this::addresses, new TurnableClock(), "127.0.0.0/8");
  private final FaultyClients clients = new FaultyClients(destinations);
  private final HttpSender sender = new HttpSender(EXCHANGE, destinations, clients);
  private final RawServer receiver = RawServer.answering(Attempts.OK);
  private final RawServer silent = RawServer.on(RawServer.Conversation::waitForEnd);

  private volatile Error thrownByLookUp;

  private List<InetAddress> addresses(String name) throws UnknownHostException {
    FaultyClients.raise(thrownByLookUp);
    return names.addresses(name);
  }

  static Stream<Throwable> faults() {
    return Stream.of(
        new OutOfMemoryError("made up by a test"),
        new IllegalStateException("made up by a test"),
        new StackOverflowError("made up by a test"));
  }

  static Stream<Throwable> errors() {
    return faults().filter(Error.class::isInstance);
  }

  @AfterEach
  void close() {
    sender.close();
    receiver.close();
    silent.close();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void whatIsToldOfAnAnswerMayThrow(Throwable fault) throws Exception {
    BlockingQueue<Outcome> outcomes = begin(receiver.url("/"), fault);
    assertAnswered(200, Attempts.next(outcomes));
    assertGoesOnAndSays("what follows an attempt failed: " + fault.getClass().getName());
    assertEquals(1, clients.made.size(), "its thread lives, so the client need not be replaced");
  }

  @ParameterizedTest
  @MethodSource("faults")
  void soMayWhatIsToldOfATimeOut(Throwable fault) throws Exception {
    BlockingQueue<Outcome> first = begin(silent.url("/"), fault);
    BlockingQueue<Outcome> second = begin(silent.url("/"), fault);
    assertUnanswered(Kind.TIMED_OUT, Attempts.next(first));
    assertUnanswered(Kind.TIMED_OUT, Attempts.next(second));
    assertUnanswered(Kind.TIMED_OUT, Attempts.next(begin(silent.url("/"), null)));
    assertGoesOnAndSays("what follows an attempt failed: " + fault.getClass().getName());
  }

  @ParameterizedTest
  @MethodSource("faults")
  void soMayWhatIsToldOfAShutdown(Throwable fault) throws Exception {
    BlockingQueue<Outcome> first = begin(silent.url("/"), fault);
    BlockingQueue<Outcome> second = begin(silent.url("/"), fault);
    sender.close();
    assertUnanswered(Kind.CUT_SHORT, Attempts.next(first));
    assertUnanswered(Kind.CUT_SHORT, Attempts.next(second));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void soMaySending(Throwable fault) throws Exception {
    clients.made.get(0).thrownByExecuting = fault;
    Outcome outcome = send(receiver.url("/"));
    assertUnanswered(fault instanceof Error ? Kind.CUT_SHORT : Kind.CONNECTION_LOST, outcome);
    assertEquals(0, sender.pins.size());
    clients.made.get(0).thrownByExecuting = null;
    assertAnswered(200, send(receiver.url("/")));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void soMayLookingUp(Error fault) throws Exception {
    thrownByLookUp = fault;
    URI url = URI.create("http://pinned.example:" + receiver.port() + "/");
    assertUnanswered(Kind.CUT_SHORT, send(url));
    thrownByLookUp = null;
    assertAnswered(200, send(url));
    assertGoesOnAndSays("beginning an attempt failed: " + fault.getClass().getName());
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

  @Test
  void aClientWhoseThreadDiedIsReplacedThoughNobodySends() throws Exception {
    BlockingQueue<Outcome> underWay = begin(silent.url("/"), null);
    killTheClient();
    await(() -> clients.made.size() == 2);
    assertTrue(Attempts.next(underWay) instanceof Outcome.Unanswered);
    assertGoesOnAndSays("OutOfMemoryError");
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aClientThatCannotBeReplacedNowIsReplacedLater(Throwable fault) throws Exception {
    clients.thrownByMaking = fault;
    killTheClient();
    await(() -> sender.problem().filter(said -> said.contains("is tried again")).isPresent());
    Outcome meanwhile = send(receiver.url("/"));
    assertTrue(meanwhile instanceof Outcome.Unanswered);

    clients.thrownByMaking = null;
    await(() -> clients.made.size() == 2);
    assertGoesOnAndSays("");
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aDeadClientThatCannotEvenBeClosedIsReplaced(Throwable fault) throws Exception {
    clients.made.get(0).thrownByClosing = fault;
    killTheClient();
    await(() -> clients.made.size() == 2);
    assertGoesOnAndSays("");
  }

  @Test
  void whatWentWrongIsShownForAWhileAndNoLonger() {
    AtomicLong nanos = new AtomicLong();
    Mishaps mishaps = new Mishaps(nanos::get);
    assertEquals(Optional.empty(), mishaps.current());
    mishaps.tell("it broke");
    nanos.addAndGet(Mishaps.SHOWN.toNanos() - 1);
    assertEquals(Optional.of("it broke"), mishaps.current());
    nanos.incrementAndGet();
    assertEquals(Optional.empty(), mishaps.current());
  }

  private void assertGoesOnAndSays(String words) throws Exception {
    await(() -> send(receiver.url("/")).succeeded());
    assertAnswered(200, send(receiver.url("/")));
    assertUnanswered(Kind.TIMED_OUT, send(silent.url("/")));
    assertTrue(
        sender.problem().filter(said -> said.contains(words)).isPresent(),
        () -> sender.problem().toString());
    assertEquals(0, sender.pins.size());
  }

  /** Throws an Error on the first client's I/O thread, where the sender cannot catch it. */
  private void killTheClient() {
    // so that the client may connect to it, as if for an attempt of the sender
    sender.pins.hold(pinned());
    clients
        .made
        .get(0)
        .real()
        .execute(
            AsyncRequestBuilder.post("http://pinned.example:" + receiver.port() + "/").build(),
            new ReplyConsumer(() -> Duration.ZERO),
            new FutureCallback<Outcome.Answered>() {
              @Override
              public void completed(Outcome.Answered answer) {
                sender.pins.release(pinned());
                throw new OutOfMemoryError("made up by a test");
              }

              @Override
              public void failed(Exception cause) {}

              @Override
              public void cancelled() {}
            });
  }

  private Destination.Allowed pinned() {
    return (Destination.Allowed)
        destinations.find(Host.parse("pinned.example").orElseThrow()).join();
  }

  private Outcome send(URI url) throws InterruptedException {
    return Attempts.next(begin(url, null));
  }

  private BlockingQueue<Outcome> begin(URI url, Throwable thrownAtTheEnd) {
    BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    sender.send(
        new OutgoingRequest(url, "application/json", Map.of(), "{}".getBytes(UTF_8)),
        outcome -> {
          outcomes.add(outcome);
          FaultyClients.raise(thrownAtTheEnd);
        });
    return outcomes;
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    for (int i = 0; i < 2_000; i++) {
      if (condition.call()) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    fail("it never came true");
  }
}

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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.expmaster.webhook.egress.Destinations;
import org.expmaster.webhook.http.Outcome.Kind;
import org.expmaster.webhook.testing.RawServer;
import org.expmaster.webhook.testing.ScriptedNames;
import org.expmaster.webhook.testing.TestDestinations;
import org.expmaster.webhook.testing.TurnableClock;

/** A sender whose clients and look-ups throw where a test wants them to, and two receivers. */
final class FaultySender implements AutoCloseable {
  private static final Duration EXCHANGE = Duration.ofSeconds(2);

  private final ScriptedNames names = new ScriptedNames().answer("pinned.example", "127.0.0.1");
  final Destinations destinations =
      TestDestinations.direct(this::addresses, new TurnableClock(), "127.0.0.0/8");
  final FaultyClients clients = new FaultyClients(destinations);
  final HttpSender sender = new HttpSender(EXCHANGE, destinations, clients);
  final RawServer receiver = RawServer.answering(Attempts.OK);

  /** A receiver that never answers. */
  final RawServer silent = RawServer.on(RawServer.Conversation::waitForEnd);

  volatile Error thrownByLookUp;

  static Stream<Throwable> faults() {
    return Stream.of(
        new OutOfMemoryError("made up by a test"),
        new IllegalStateException("made up by a test"),
        new StackOverflowError("made up by a test"));
  }

  private List<InetAddress> addresses(String name) throws UnknownHostException {
    FaultyClients.raise(thrownByLookUp);
    return names.addresses(name);
  }

  Outcome send(URI url) throws InterruptedException {
    return Attempts.next(begin(url, null));
  }

  /** Begins an attempt; what is told of its end throws this. */
  BlockingQueue<Outcome> begin(URI url, Throwable thrownAtTheEnd) {
    BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    sender.send(
        new OutgoingRequest(url, "application/json", Map.of(), "{}".getBytes(UTF_8)),
        outcome -> {
          outcomes.add(outcome);
          FaultyClients.raise(thrownAtTheEnd);
        });
    return outcomes;
  }

  void assertGoesOnAndSays(String words) throws Exception {
    await(() -> send(receiver.url("/")).succeeded());
    assertAnswered(200, send(receiver.url("/")));
    assertUnanswered(Kind.TIMED_OUT, send(silent.url("/")));
    assertTrue(
        sender.problem().filter(said -> said.contains(words)).isPresent(),
        () -> sender.problem().toString());
    assertEquals(0, sender.pins.size());
  }

  static void await(Callable<Boolean> condition) throws Exception {
    for (int i = 0; i < 2_000; i++) {
      if (condition.call()) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    fail("it never came true");
  }

  @Override
  public void close() {
    sender.close();
    receiver.close();
    silent.close();
  }
}

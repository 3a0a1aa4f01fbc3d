package org.expmaster.webhook.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.expmaster.webhook.egress.Destinations;
import org.expmaster.webhook.testing.RawServer;
import org.expmaster.webhook.testing.ScriptedNames;
import org.expmaster.webhook.testing.TestDestinations;
import org.expmaster.webhook.testing.TurnableClock;

/** A sender with methods that make attempts and wait for their outcomes. */
final class Attempts implements AutoCloseable {
  static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

  private final HttpSender sender;

  Attempts(Destinations destinations, Duration exchange) {
    this(
        new HttpSender(
            new Sender.Limits(exchange, exchange), 8, "expmaster-webhooks/test", destinations));
  }

  Attempts(HttpSender sender) {
    this.sender = sender;
  }

  /** Creates a sender to receivers on loopback. */
  static Attempts onLoopback(Duration exchange) {
    return new Attempts(
        TestDestinations.direct(new ScriptedNames(), new TurnableClock(), "127.0.0.0/8"), exchange);
  }

  Outcome send(String url) throws InterruptedException {
    return next(begin(url));
  }

  BlockingQueue<Outcome> begin(String url) {
    return begin(url, () -> true);
  }

  /** Begins an attempt that is sent only if {@code mayGo} is true once connected. */
  BlockingQueue<Outcome> begin(String url, BooleanSupplier mayGo) {
    BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    byte[] body = "{}".getBytes(UTF_8);
    sender.send(
        new OutgoingRequest(
            URI.create(url), "application/json", Map.of("X-Test", "yes"), body, mayGo),
        outcomes::add);
    return outcomes;
  }

  Outcome send(URI url) throws InterruptedException {
    return send(url.toString());
  }

  /**
   * Waits until the client's only I/O thread has done its pending work, by a request that it
   * handles after that. A connection returns to the pool a moment after the outcome is reported.
   */
  void awaitIo() throws InterruptedException {
    try (RawServer other = RawServer.answering(OK)) {
      assertAnswered(200, send(other.url("/")));
    }
  }

  Optional<String> problem() {
    return sender.problem();
  }

  /** Returns whether the HTTP client could connect to this host if it tried now. */
  boolean isPinned(String host) {
    try {
      return sender.pins.resolve(host).length > 0;
    } catch (UnknownHostException unpinned) {
      return false;
    }
  }

  static Outcome next(BlockingQueue<Outcome> outcomes) throws InterruptedException {
    Outcome outcome = outcomes.poll(20, TimeUnit.SECONDS);
    assertTrue(outcome != null, "the attempt never ended");
    assertTrue(outcomes.isEmpty(), "the attempt ended twice");
    return outcome;
  }

  static void assertAnswered(int status, Outcome outcome) {
    assertEquals(
        status, assertInstanceOf(Outcome.Answered.class, outcome, outcome::describe).status());
  }

  static void assertUnanswered(Outcome.Kind kind, Outcome outcome) {
    assertEquals(
        kind, assertInstanceOf(Outcome.Unanswered.class, outcome, outcome::describe).kind());
  }

  @Override
  public void close() {
    sender.close();
  }
}

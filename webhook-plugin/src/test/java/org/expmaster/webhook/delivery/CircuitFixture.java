package org.expmaster.webhook.delivery;

import static org.expmaster.webhook.delivery.CircuitFixture.BULKHEAD;
import static org.expmaster.webhook.delivery.CircuitFixture.answered;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.expmaster.webhook.delivery.Circuit.Permit;
import org.expmaster.webhook.http.Outcome;

/** A circuit and the time, with methods that make attempts. */
final class CircuitFixture {
  static final int BULKHEAD = 32;

  final Circuit circuit = new Circuit(7, Duration.ofDays(5));
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");

  Instant now() {
    return now;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  void passUntil(Instant later) {
    now = later;
  }

  void open() {
    for (int i = 0; i < CircuitState.FAILURES_TO_OPEN; i++) {
      answer(500);
    }
    assertTrue(circuit.health().failingSince().isPresent());
  }

  boolean answer(int status) {
    return learn(begin(), answered(status));
  }

  boolean answer(int status, String retryAfter) {
    return learn(begin(), answered(status, retryAfter));
  }

  Permit begin() {
    Permit permit = circuit.begin(now).orElseThrow();
    permit.begun();
    return permit;
  }

  List<Permit> begin(int count) {
    return IntStream.range(0, count).mapToObj(i -> begin()).toList();
  }

  /** Returns whether the health has changed. */
  boolean learn(Permit permit, Outcome outcome) {
    Circuit.Change change = circuit.learn(permit, outcome, now);
    return !change.before().equals(change.after());
  }

  static Outcome answered(int status) {
    return new Outcome.Answered(status, Optional.empty(), Optional.empty(), Duration.ofMillis(1));
  }

  static Outcome answered(int status, String retryAfter) {
    return new Outcome.Answered(
        status, Optional.of(retryAfter), Optional.empty(), Duration.ofMillis(1));
  }

  int limit() {
    return circuit.limit(BULKHEAD, now);
  }
}

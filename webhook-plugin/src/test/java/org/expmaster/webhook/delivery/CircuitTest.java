package org.expmaster.webhook.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.expmaster.webhook.health.Health;
import org.junit.jupiter.api.Test;

/** What a webhook's outcomes do to its health. */
final class CircuitTest {
  private static final int BULKHEAD = 32;

  private final Circuit circuit = new Circuit(Duration.ofDays(5));
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void aFewFailuresAmongSuccessesChangeNothing() {
    for (int i = 0; i < 100; i++) {
      for (int failure = 0; failure < Circuit.FAILURES_TO_OPEN - 1; failure++) {
        assertFalse(answer(500));
      }
      assertFalse(answer(200));
    }
    assertEquals(BULKHEAD, limit());
  }

  @Test
  void failuresInARowLeaveOneProbeAtATimeWithGrowingPauses() {
    Instant first = now;
    open();
    assertEquals(Optional.of(first), circuit.health().failingSince());

    Duration expected = Circuit.FIRST_PAUSE;
    for (int probe = 0; probe < 10; probe++) {
      assertEquals(0, limit(), "paused");
      assertEquals(Optional.of(now.plus(expected)), circuit.health().pausedUntil());
      now = now.plus(expected);
      assertEquals(1, limit(), "one probe");
      answer(500);
      expected =
          expected.multipliedBy(2).compareTo(Circuit.LONGEST_PAUSE) > 0
              ? Circuit.LONGEST_PAUSE
              : expected.multipliedBy(2);
    }
    assertEquals(Circuit.LONGEST_PAUSE, expected);
  }

  @Test
  void whatWasUnderWayWhenItOpenedDoesNotLengthenThePause() {
    open();
    Optional<Instant> until = circuit.health().pausedUntil();
    for (int i = 0; i < BULKHEAD; i++) {
      answer(500);
    }
    assertEquals(until, circuit.health().pausedUntil());
  }

  @Test
  void oneArrivalMakesItWell() {
    open();
    now = now.plus(Circuit.FIRST_PAUSE);
    assertTrue(answer(200));
    assertEquals(Health.WELL, circuit.health());
    assertEquals(BULKHEAD, limit());
  }

  @Test
  void retryAfterPausesTheWholeWebhookOnItsFirstMention() {
    assertTrue(answer(429, "120"));
    assertEquals(0, limit());
    now = now.plusSeconds(119);
    assertEquals(0, limit());
    now = now.plusSeconds(1);
    assertEquals(BULKHEAD, limit(), "one such answer is no failing webhook");
  }

  @Test
  void retryAfterIsReadInBothFormsAndIsBounded() {
    assertEquals(Optional.of(Duration.ofSeconds(7)), RetryAfter.pause(" 7 ", now));
    assertEquals(
        Optional.of(Duration.ofMinutes(2)), RetryAfter.pause("Sun, 1 Mar 2026 12:02:00 GMT", now));
    assertEquals(Optional.of(RetryAfter.LONGEST), RetryAfter.pause("86400", now));
    assertEquals(Optional.of(RetryAfter.LONGEST), RetryAfter.pause("9".repeat(400), now));
    assertEquals(
        Optional.of(RetryAfter.LONGEST), RetryAfter.pause("Sat, 1 Mar 2036 12:02:00 GMT", now));
    for (String nothing :
        new String[] {"", "0", "-5", "soon", "1.5", "Sun, 1 Mar 2026 11:00:00 GMT", "١٢"}) {
      assertEquals(Optional.empty(), RetryAfter.pause(nothing, now), nothing);
    }
  }

  @Test
  void retryAfterCountsOnlyWhereItMeansAPause() {
    answer(500, "120");
    assertEquals(BULKHEAD, limit());
    answer(503, "120");
    assertEquals(0, limit());
  }

  @Test
  void goneDisablesAtOnce() {
    assertTrue(answer(410));
    assertEquals(Optional.of(now), circuit.health().disabledAt());
    assertTrue(circuit.health().reason().contains("410"), circuit.health().reason());
    now = now.plus(Duration.ofDays(100));
    assertEquals(0, limit());
  }

  @Test
  void fiveDaysOfFailureDisableAndNotAMomentLess() {
    open();
    Instant since = circuit.health().failingSince().orElseThrow();
    now = since.plus(Duration.ofDays(5)).minusMillis(1);
    answer(500);
    assertEquals(Optional.empty(), circuit.health().disabledAt());
    now = since.plus(Duration.ofDays(5));
    answer(500);
    assertEquals(Optional.of(now), circuit.health().disabledAt());
    assertTrue(circuit.health().reason().contains("120 hours"), circuit.health().reason());
  }

  @Test
  void anAttemptThatBeganBeforeItWasDisabledDoesNotEnableIt() {
    circuit.follow(Health.WELL.disabled(now, "disabled by admin"));
    assertFalse(answer(200));
    assertEquals(0, limit());
  }

  @Test
  void enablingItForgetsTheFailuresBefore() {
    open();
    circuit.follow(Health.WELL);
    assertEquals(BULKHEAD, limit());
    assertFalse(answer(500), "the first failure of a new run");
  }

  private void open() {
    for (int i = 0; i < Circuit.FAILURES_TO_OPEN; i++) {
      answer(500);
    }
    assertTrue(circuit.health().failingSince().isPresent());
  }

  private boolean answer(int status) {
    return learn(status, Optional.empty());
  }

  private boolean answer(int status, String retryAfter) {
    return learn(status, Optional.of(retryAfter));
  }

  private boolean learn(int status, Optional<String> retryAfter) {
    return circuit.learn(
        new Outcome.Answered(status, retryAfter, Optional.empty(), Duration.ofMillis(1)), now);
  }

  private int limit() {
    return circuit.limit(BULKHEAD, now);
  }
}

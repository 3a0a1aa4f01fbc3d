package org.expmaster.webhook.delivery;

import static org.expmaster.webhook.delivery.CircuitFixture.BULKHEAD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.expmaster.webhook.delivery.Circuit.Permit;
import org.expmaster.webhook.health.Health;
import org.expmaster.webhook.http.Outcome;
import org.junit.jupiter.api.Test;

/** How the outcomes of attempts open, probe and close a circuit, and disable the webhook. */
final class CircuitTest {
  private final CircuitFixture fixture = new CircuitFixture();
  private final Circuit circuit = fixture.circuit;

  @Test
  void aFewFailuresAmongSuccessesChangeNothing() {
    for (int i = 0; i < 100; i++) {
      for (int failure = 0; failure < CircuitState.FAILURES_TO_OPEN - 1; failure++) {
        assertFalse(fixture.answer(500));
      }
      assertFalse(fixture.answer(200));
    }
    assertEquals(BULKHEAD, fixture.limit());
  }

  @Test
  void failuresInARowLeaveOneProbeAtATimeWithGrowingPauses() {
    Instant first = fixture.now();
    fixture.open();
    assertEquals(Optional.of(first), circuit.health().failingSince());

    Duration expected = CircuitState.FIRST_PAUSE;
    for (int probe = 0; probe < 10; probe++) {
      assertEquals(0, fixture.limit(), "paused");
      assertEquals(Optional.of(fixture.now().plus(expected)), circuit.health().pausedUntil());
      fixture.pass(expected);
      assertEquals(1, fixture.limit(), "one probe");
      fixture.answer(500);
      expected =
          expected.multipliedBy(2).compareTo(CircuitState.LONGEST_PAUSE) > 0
              ? CircuitState.LONGEST_PAUSE
              : expected.multipliedBy(2);
    }
    assertEquals(CircuitState.LONGEST_PAUSE, expected);
  }

  @Test
  void oneArrivalMakesItWell() {
    fixture.open();
    fixture.pass(CircuitState.FIRST_PAUSE);
    assertTrue(fixture.answer(200));
    assertEquals(Health.WELL, circuit.health());
    assertEquals(BULKHEAD, fixture.limit());
  }

  @Test
  void onlyOneProbeBeginsEvenIfPlacesAreFree() {
    fixture.open();
    fixture.pass(CircuitState.FIRST_PAUSE);
    Permit probe = fixture.begin();
    assertEquals(Optional.empty(), circuit.begin(fixture.now()));
    fixture.learn(probe, new Outcome.Unanswered(Outcome.Kind.CUT_SHORT, Duration.ZERO));
    fixture.begin();
  }

  @Test
  void whatSaysNothingAboutTheReceiverChangesNothing() {
    for (int i = 0; i < 100; i++) {
      fixture.learn(fixture.begin(), new Outcome.Unanswered(Outcome.Kind.TOO_LARGE, Duration.ZERO));
      fixture.learn(fixture.begin(), new Outcome.Unanswered(Outcome.Kind.CUT_SHORT, Duration.ZERO));
    }
    assertEquals(Health.WELL, circuit.health());
    assertEquals(BULKHEAD, fixture.limit());
  }

  @Test
  void goneDisablesAtOnce() {
    assertTrue(fixture.answer(410));
    assertEquals(Optional.of(fixture.now()), circuit.health().disabledAt());
    assertTrue(circuit.health().reason().contains("410"), circuit.health().reason());
    fixture.pass(Duration.ofDays(100));
    assertEquals(0, fixture.limit());
  }

  @Test
  void fiveDaysOfFailureDisableAndNotAMomentLess() {
    fixture.open();
    Instant since = circuit.health().failingSince().orElseThrow();
    fixture.passUntil(since.plus(Duration.ofDays(5)).minusMillis(1));
    fixture.answer(500);
    assertEquals(Optional.empty(), circuit.health().disabledAt());
    fixture.passUntil(circuit.health().pausedUntil().orElseThrow());
    fixture.answer(500);
    assertEquals(Optional.of(fixture.now()), circuit.health().disabledAt());
    assertTrue(circuit.health().reason().contains("for 5 days"), circuit.health().reason());
  }
}

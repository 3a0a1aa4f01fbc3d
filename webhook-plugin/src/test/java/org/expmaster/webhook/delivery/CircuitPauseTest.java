package org.expmaster.webhook.delivery;

import static org.expmaster.webhook.delivery.CircuitFixture.BULKHEAD;
import static org.expmaster.webhook.delivery.CircuitFixture.answered;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.expmaster.webhook.delivery.Circuit.Permit;
import org.junit.jupiter.api.Test;

/** A receiver that asks for a pause gets it, and no more than that. */
final class CircuitPauseTest {
  private final CircuitFixture fixture = new CircuitFixture();
  private final Circuit circuit = fixture.circuit;

  @Test
  void retryAfterPausesTheWholeWebhookOnItsFirstMention() {
    assertTrue(fixture.answer(429, "120"));
    assertEquals(0, fixture.limit());
    fixture.pass(Duration.ofSeconds(119));
    assertEquals(0, fixture.limit());
    fixture.pass(Duration.ofSeconds(1));
    assertEquals(BULKHEAD, fixture.limit(), "one such answer is no failing webhook");
  }

  @Test
  void retryAfterCountsOnlyWhereItMeansAPause() {
    fixture.answer(500, "120");
    assertEquals(BULKHEAD, fixture.limit());
    fixture.answer(503, "120");
    assertEquals(0, fixture.limit());
  }

  @Test
  void aLateSuccessEndsNoPauseThatTheReceiverHasAskedFor() {
    List<Permit> underWay = fixture.begin(8);
    fixture.learn(underWay.get(0), answered(429, "60"));
    fixture.pass(Duration.ofSeconds(3));
    underWay.subList(1, 8).forEach(permit -> fixture.learn(permit, answered(200)));
    assertEquals(0, fixture.limit());
    assertEquals(Optional.empty(), circuit.begin(fixture.now()));
    fixture.pass(Duration.ofSeconds(57));
    assertEquals(BULKHEAD, fixture.limit());
  }

  @Test
  void whatWasUnderWayMayLengthenAPauseAndNeverShortensIt() {
    List<Permit> underWay = fixture.begin(3);
    fixture.learn(underWay.get(0), answered(429, "60"));
    fixture.learn(underWay.get(1), answered(429, "90"));
    fixture.learn(underWay.get(2), answered(503, "10"));
    assertEquals(Optional.of(fixture.now().plusSeconds(90)), circuit.health().pausedUntil());
  }

  @Test
  void failuresThatWereUnderWayWhenAPauseBeganDoNotOpenTheCircuit() {
    List<Permit> underWay = fixture.begin(20);
    underWay.forEach(permit -> fixture.learn(permit, answered(429, "60")));
    assertEquals(Optional.empty(), circuit.health().failingSince());
    fixture.pass(Duration.ofSeconds(60));
    assertEquals(BULKHEAD, fixture.limit());
  }

  @Test
  void oneThatAsksForPauseAfterPauseIsFailing() {
    for (int i = 0; i < CircuitState.FAILURES_TO_OPEN; i++) {
      assertEquals(Optional.empty(), circuit.health().failingSince());
      fixture.answer(429, "60");
      fixture.pass(Duration.ofSeconds(60));
    }
    assertEquals(1, fixture.limit(), "one probe");
    fixture.answer(429, "7");
    assertEquals(Optional.of(fixture.now().plusSeconds(7)), circuit.health().pausedUntil());
  }
}

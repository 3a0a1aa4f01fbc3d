package org.expmaster.webhook.delivery;

import static org.expmaster.webhook.delivery.CircuitFixture.BULKHEAD;
import static org.expmaster.webhook.delivery.CircuitFixture.answered;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.expmaster.webhook.delivery.Circuit.Permit;
import org.expmaster.webhook.health.Health;
import org.expmaster.webhook.health.KeptHealth;
import org.junit.jupiter.api.Test;

/** What the outcome of an attempt means if the circuit has changed since it began. */
final class CircuitLateOutcomeTest {
  private final CircuitFixture fixture = new CircuitFixture();
  private final Circuit circuit = fixture.circuit;

  @Test
  void whatWasUnderWayWhenItOpenedDoesNotLengthenThePause() {
    List<Permit> underWay = fixture.begin(BULKHEAD);
    fixture.open();
    Optional<Instant> until = circuit.health().pausedUntil();
    underWay.forEach(permit -> fixture.learn(permit, answered(500)));
    assertEquals(until, circuit.health().pausedUntil());
  }

  @Test
  void aLateSuccessClosesNoCircuitThatIsOpenOrProbed() {
    List<Permit> underWay = fixture.begin(3);
    fixture.open();
    fixture.learn(underWay.get(0), answered(200));
    assertEquals(0, fixture.limit(), "still open");

    fixture.pass(CircuitState.FIRST_PAUSE);
    Permit probe = fixture.begin();
    fixture.learn(underWay.get(1), answered(200));
    assertEquals(1, fixture.limit(), "still half-open");
    fixture.learn(probe, answered(200));
    assertEquals(BULKHEAD, fixture.limit());
    fixture.learn(underWay.get(2), answered(500));
    assertEquals(Health.WELL, circuit.health());
  }

  @Test
  void goneIsHeededWheneverItIsSaidUnlessSomeoneHasDecidedSince() {
    List<Permit> underWay = fixture.begin(1);
    fixture.open();
    fixture.learn(underWay.get(0), answered(410));
    assertEquals(Optional.of(fixture.now()), circuit.health().disabledAt());
  }

  @Test
  void noOutcomeOfAnAttemptThatBeganBeforeItWasDisabledMattersHoweverItEnds() {
    List<Permit> underWay = fixture.begin(3);
    KeptHealth disabled =
        KeptHealth.NONE.next(Health.WELL.disabled(fixture.now(), "disabled by admin"));
    circuit.follow(disabled);
    fixture.learn(underWay.get(0), answered(200));
    fixture.learn(underWay.get(1), answered(410));
    fixture.learn(underWay.get(2), answered(429, "60"));
    assertEquals(disabled.health(), circuit.health());
    assertEquals(0, fixture.limit());
    assertEquals(Optional.empty(), circuit.begin(fixture.now()));
    assertEquals(Optional.empty(), circuit.finding(), "nothing to write over it");
  }

  @Test
  void aProbeThatArrivesAfterItWasDisabledDoesNotEnableIt() {
    fixture.open();
    fixture.pass(CircuitState.FIRST_PAUSE);
    Permit probe = fixture.begin();
    circuit.follow(KeptHealth.NONE.next(Health.WELL.disabled(fixture.now(), "disabled by admin")));
    fixture.learn(probe, answered(200));
    assertEquals(Optional.of(fixture.now()), circuit.health().disabledAt());
  }

  @Test
  void whatFailsAfterItWasEnabledOrGivenAnotherUrlButBeganBeforeIsForgotten() {
    List<Permit> underWay = fixture.begin(20);
    fixture.open();
    circuit.follow(new KeptHealth(Health.WELL, 3));
    underWay.subList(0, 18).forEach(permit -> fixture.learn(permit, answered(500)));
    fixture.learn(underWay.get(18), answered(429, "60"));
    fixture.learn(underWay.get(19), answered(410));
    assertEquals(Health.WELL, circuit.health());
    assertEquals(BULKHEAD, fixture.limit());
  }
}

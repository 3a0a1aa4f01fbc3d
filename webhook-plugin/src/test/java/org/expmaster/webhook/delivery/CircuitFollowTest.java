package org.expmaster.webhook.delivery;

import static org.expmaster.webhook.delivery.CircuitFixture.BULKHEAD;
import static org.expmaster.webhook.delivery.CircuitFixture.answered;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.expmaster.webhook.delivery.Circuit.Finding;
import org.expmaster.webhook.delivery.Circuit.Permit;
import org.expmaster.webhook.health.Health;
import org.expmaster.webhook.health.KeptHealth;
import org.junit.jupiter.api.Test;

/** How a circuit follows users' decisions and other masters' findings. */
final class CircuitFollowTest {
  private final CircuitFixture fixture = new CircuitFixture();
  private final Circuit circuit = fixture.circuit;

  @Test
  void enablingItForgetsTheFailuresBefore() {
    fixture.open();
    circuit.follow(new KeptHealth(Health.WELL, 9));
    assertEquals(BULKHEAD, fixture.limit());
    assertFalse(fixture.answer(500), "the first failure of a new run");
  }

  @Test
  void whatIsFollowedTwiceIsTheSameAndWhatWasFoundSinceStays() {
    fixture.open();
    Health found = circuit.health();
    circuit.follow(KeptHealth.NONE);
    assertEquals(found, circuit.health());
    Finding finding = circuit.finding().orElseThrow();
    circuit.kept(finding);
    assertEquals(Optional.empty(), circuit.finding());
    circuit.follow(finding.known().next(finding.found()));
    assertEquals(found, circuit.health());
  }

  @Test
  void whatIsKeptMeanwhileIsNotTakenForWhatThisMasterWrote() {
    fixture.open();
    Finding finding = circuit.finding().orElseThrow();
    KeptHealth enabled = new KeptHealth(Health.WELL, 2);
    circuit.follow(enabled);
    circuit.kept(finding);
    circuit.follow(enabled);
    assertEquals(BULKHEAD, fixture.limit());
    assertEquals(Optional.empty(), circuit.finding());
  }

  @Test
  void pausesGrowAlthoughTheMastersTakeTurnsInProbing() {
    Circuit other = new Circuit(7, Duration.ofDays(5));
    fixture.open();
    Duration pause = CircuitState.FIRST_PAUSE;
    KeptHealth kept = KeptHealth.NONE;
    Circuit prober = circuit;
    for (int probe = 0; probe < 5; probe++) {
      kept = kept.next(prober.health());
      circuit.follow(kept);
      other.follow(kept);
      fixture.pass(pause);
      prober = prober == circuit ? other : circuit;
      pause = pause.multipliedBy(2);
      prober.learn(prober.begin(fixture.now()).orElseThrow(), answered(500), fixture.now());
      assertEquals(Optional.of(fixture.now().plus(pause)), prober.health().pausedUntil());
    }
  }

  @Test
  void whatHasNotBeenSentIsCalledBackBySomebodysDecisionAnd410AndByNothingElse() {
    Permit first = fixture.begin();
    fixture.open();
    assertTrue(first.holds(), "though others have failed");
    circuit.follow(KeptHealth.NONE.next(Health.WELL));
    assertFalse(first.holds());

    Permit second = fixture.begin();
    fixture.answer(410);
    assertFalse(second.holds());
  }

  @Test
  void whoeverDecidedWaitsForAnAttemptThatIsAboutToBegin() throws InterruptedException {
    Permit permit = circuit.begin(fixture.now()).orElseThrow();
    Thread decider = new Thread(circuit::awaitBegun);
    decider.start();
    while (decider.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    permit.begun();
    decider.join();
  }
}

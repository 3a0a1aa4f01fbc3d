package org.expmaster.webhook.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.expmaster.webhook.delivery.Circuit.Finding;
import org.expmaster.webhook.delivery.Circuit.Permit;
import org.expmaster.webhook.health.Health;
import org.expmaster.webhook.health.KeptHealth;
import org.expmaster.webhook.http.Outcome;
import org.junit.jupiter.api.Test;

/** How the outcomes of attempts change a webhook's health. */
final class CircuitTest {
  private static final int BULKHEAD = 32;

  private final Circuit circuit = new Circuit(7, Duration.ofDays(5));
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void aFewFailuresAmongSuccessesChangeNothing() {
    for (int i = 0; i < 100; i++) {
      for (int failure = 0; failure < CircuitState.FAILURES_TO_OPEN - 1; failure++) {
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

    Duration expected = CircuitState.FIRST_PAUSE;
    for (int probe = 0; probe < 10; probe++) {
      assertEquals(0, limit(), "paused");
      assertEquals(Optional.of(now.plus(expected)), circuit.health().pausedUntil());
      now = now.plus(expected);
      assertEquals(1, limit(), "one probe");
      answer(500);
      expected =
          expected.multipliedBy(2).compareTo(CircuitState.LONGEST_PAUSE) > 0
              ? CircuitState.LONGEST_PAUSE
              : expected.multipliedBy(2);
    }
    assertEquals(CircuitState.LONGEST_PAUSE, expected);
  }

  @Test
  void whatWasUnderWayWhenItOpenedDoesNotLengthenThePause() {
    List<Permit> underWay = begin(BULKHEAD);
    open();
    Optional<Instant> until = circuit.health().pausedUntil();
    underWay.forEach(permit -> learn(permit, answered(500)));
    assertEquals(until, circuit.health().pausedUntil());
  }

  @Test
  void oneArrivalMakesItWell() {
    open();
    now = now.plus(CircuitState.FIRST_PAUSE);
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
    now = circuit.health().pausedUntil().orElseThrow();
    answer(500);
    assertEquals(Optional.of(now), circuit.health().disabledAt());
    assertTrue(circuit.health().reason().contains("for 5 days"), circuit.health().reason());
  }

  @Test
  void aLateSuccessClosesNoCircuitThatIsOpenOrProbed() {
    List<Permit> underWay = begin(3);
    open();
    learn(underWay.get(0), answered(200));
    assertEquals(0, limit(), "still open");

    now = now.plus(CircuitState.FIRST_PAUSE);
    Permit probe = begin();
    learn(underWay.get(1), answered(200));
    assertEquals(1, limit(), "still half-open");
    learn(probe, answered(200));
    assertEquals(BULKHEAD, limit());
    learn(underWay.get(2), answered(500));
    assertEquals(Health.WELL, circuit.health());
  }

  @Test
  void aLateSuccessEndsNoPauseThatTheReceiverHasAskedFor() {
    List<Permit> underWay = begin(8);
    learn(underWay.get(0), answered(429, "60"));
    now = now.plusSeconds(3);
    underWay.subList(1, 8).forEach(permit -> learn(permit, answered(200)));
    assertEquals(0, limit());
    assertEquals(Optional.empty(), circuit.begin(now));
    now = now.plusSeconds(57);
    assertEquals(BULKHEAD, limit());
  }

  @Test
  void whatWasUnderWayMayLengthenAPauseAndNeverShortensIt() {
    List<Permit> underWay = begin(3);
    learn(underWay.get(0), answered(429, "60"));
    learn(underWay.get(1), answered(429, "90"));
    learn(underWay.get(2), answered(503, "10"));
    assertEquals(Optional.of(now.plusSeconds(90)), circuit.health().pausedUntil());
  }

  @Test
  void failuresThatWereUnderWayWhenAPauseBeganDoNotOpenTheCircuit() {
    List<Permit> underWay = begin(20);
    underWay.forEach(permit -> learn(permit, answered(429, "60")));
    assertEquals(Optional.empty(), circuit.health().failingSince());
    now = now.plusSeconds(60);
    assertEquals(BULKHEAD, limit());
  }

  @Test
  void oneThatAsksForPauseAfterPauseIsFailing() {
    for (int i = 0; i < CircuitState.FAILURES_TO_OPEN; i++) {
      assertEquals(Optional.empty(), circuit.health().failingSince());
      answer(429, "60");
      now = now.plusSeconds(60);
    }
    assertEquals(1, limit(), "one probe");
    answer(429, "7");
    assertEquals(Optional.of(now.plusSeconds(7)), circuit.health().pausedUntil());
  }

  @Test
  void onlyOneProbeBeginsEvenIfPlacesAreFree() {
    open();
    now = now.plus(CircuitState.FIRST_PAUSE);
    Permit probe = begin();
    assertEquals(Optional.empty(), circuit.begin(now));
    learn(probe, new Outcome.Unanswered(Outcome.Kind.CUT_SHORT, Duration.ZERO));
    begin();
  }

  @Test
  void whatSaysNothingAboutTheReceiverChangesNothing() {
    for (int i = 0; i < 100; i++) {
      learn(begin(), new Outcome.Unanswered(Outcome.Kind.TOO_LARGE, Duration.ZERO));
      learn(begin(), new Outcome.Unanswered(Outcome.Kind.CUT_SHORT, Duration.ZERO));
    }
    assertEquals(Health.WELL, circuit.health());
    assertEquals(BULKHEAD, limit());
  }

  @Test
  void noOutcomeOfAnAttemptThatBeganBeforeItWasDisabledMattersHoweverItEnds() {
    List<Permit> underWay = begin(3);
    KeptHealth disabled = KeptHealth.NONE.next(Health.WELL.disabled(now, "disabled by admin"));
    circuit.follow(disabled);
    learn(underWay.get(0), answered(200));
    learn(underWay.get(1), answered(410));
    learn(underWay.get(2), answered(429, "60"));
    assertEquals(disabled.health(), circuit.health());
    assertEquals(0, limit());
    assertEquals(Optional.empty(), circuit.begin(now));
    assertEquals(Optional.empty(), circuit.finding(), "nothing to write over it");
  }

  @Test
  void aProbeThatArrivesAfterItWasDisabledDoesNotEnableIt() {
    open();
    now = now.plus(CircuitState.FIRST_PAUSE);
    Permit probe = begin();
    circuit.follow(KeptHealth.NONE.next(Health.WELL.disabled(now, "disabled by admin")));
    learn(probe, answered(200));
    assertEquals(Optional.of(now), circuit.health().disabledAt());
  }

  @Test
  void whatFailsAfterItWasEnabledOrGivenAnotherUrlButBeganBeforeIsForgotten() {
    List<Permit> underWay = begin(20);
    open();
    circuit.follow(new KeptHealth(Health.WELL, 3));
    underWay.subList(0, 18).forEach(permit -> learn(permit, answered(500)));
    learn(underWay.get(18), answered(429, "60"));
    learn(underWay.get(19), answered(410));
    assertEquals(Health.WELL, circuit.health());
    assertEquals(BULKHEAD, limit());
  }

  @Test
  void enablingItForgetsTheFailuresBefore() {
    open();
    circuit.follow(new KeptHealth(Health.WELL, 9));
    assertEquals(BULKHEAD, limit());
    assertFalse(answer(500), "the first failure of a new run");
  }

  @Test
  void goneIsHeededWheneverItIsSaidUnlessSomeoneHasDecidedSince() {
    List<Permit> underWay = begin(1);
    open();
    learn(underWay.get(0), answered(410));
    assertEquals(Optional.of(now), circuit.health().disabledAt());
  }

  @Test
  void whatIsFollowedTwiceIsTheSameAndWhatWasFoundSinceStays() {
    open();
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
    open();
    Finding finding = circuit.finding().orElseThrow();
    KeptHealth enabled = new KeptHealth(Health.WELL, 2);
    circuit.follow(enabled);
    circuit.kept(finding);
    circuit.follow(enabled);
    assertEquals(BULKHEAD, limit());
    assertEquals(Optional.empty(), circuit.finding());
  }

  @Test
  void pausesGrowAlthoughTheMastersTakeTurnsInProbing() {
    Circuit other = new Circuit(7, Duration.ofDays(5));
    open();
    Duration pause = CircuitState.FIRST_PAUSE;
    KeptHealth kept = KeptHealth.NONE;
    Circuit prober = circuit;
    for (int probe = 0; probe < 5; probe++) {
      kept = kept.next(prober.health());
      circuit.follow(kept);
      other.follow(kept);
      now = now.plus(pause);
      prober = prober == circuit ? other : circuit;
      pause = pause.multipliedBy(2);
      prober.learn(prober.begin(now).orElseThrow(), answered(500), now);
      assertEquals(Optional.of(now.plus(pause)), prober.health().pausedUntil());
    }
  }

  @Test
  void whatHasNotBeenSentIsCalledBackBySomebodysDecisionAnd410AndByNothingElse() {
    Permit first = begin();
    open();
    assertTrue(first.holds(), "though others have failed");
    circuit.follow(KeptHealth.NONE.next(Health.WELL));
    assertFalse(first.holds());

    Permit second = begin();
    answer(410);
    assertFalse(second.holds());
  }

  @Test
  void whoeverDecidedWaitsForAnAttemptThatIsAboutToBegin() throws InterruptedException {
    Permit permit = circuit.begin(now).orElseThrow();
    Thread decider = new Thread(circuit::awaitBegun);
    decider.start();
    while (decider.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    permit.begun();
    decider.join();
  }

  private void open() {
    for (int i = 0; i < CircuitState.FAILURES_TO_OPEN; i++) {
      answer(500);
    }
    assertTrue(circuit.health().failingSince().isPresent());
  }

  private boolean answer(int status) {
    return learn(begin(), answered(status));
  }

  private boolean answer(int status, String retryAfter) {
    return learn(begin(), answered(status, retryAfter));
  }

  private Permit begin() {
    Permit permit = circuit.begin(now).orElseThrow();
    permit.begun();
    return permit;
  }

  private List<Permit> begin(int count) {
    return IntStream.range(0, count).mapToObj(i -> begin()).toList();
  }

  /** Returns whether the health has changed. */
  private boolean learn(Permit permit, Outcome outcome) {
    Circuit.Change change = circuit.learn(permit, outcome, now);
    return !change.before().equals(change.after());
  }

  private static Outcome answered(int status) {
    return new Outcome.Answered(status, Optional.empty(), Optional.empty(), Duration.ofMillis(1));
  }

  private static Outcome answered(int status, String retryAfter) {
    return new Outcome.Answered(
        status, Optional.of(retryAfter), Optional.empty(), Duration.ofMillis(1));
  }

  private int limit() {
    return circuit.limit(BULKHEAD, now);
  }
}

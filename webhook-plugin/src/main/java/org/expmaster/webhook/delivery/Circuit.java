package org.expmaster.webhook.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.expmaster.webhook.health.Health;
import org.expmaster.webhook.health.KeptHealth;
import org.expmaster.webhook.http.Outcome;

/**
 * The circuit breaker of one webhook: lets attempts begin, and learns from those that belong to its
 * present state. Any thread may use it.
 *
 * <p>Every change of state begins a new era. An attempt belongs to the era it began in: what it
 * says of the receiver counts in that era alone, so a late success closes nothing. Only what the
 * receiver asks for (Retry-After, 410) is heeded later, as long as no person has decided anything
 * since and no other master has been followed.
 */
final class Circuit {
  private static final int GONE = 410;

  /** For how long to wait at most for the threads that are about to begin an attempt. */
  private static final long LONGEST_BEGINNING = TimeUnit.SECONDS.toNanos(5);

  private final long webhookId;
  private final Duration disableAfter;
  private CircuitState state = CircuitState.CLOSED;
  private KeptHealth agreed = KeptHealth.NONE;
  private long era;
  private long followedIn;
  private int beginning;

  /**
   * @param disableAfter how long a webhook may fail throughout before it is disabled
   */
  Circuit(long webhookId, Duration disableAfter) {
    this.webhookId = webhookId;
    this.disableAfter = disableAfter;
  }

  /** Leave for one attempt, which belongs to the era it is given in. */
  record Permit(Circuit circuit, long era) {
    /**
     * Whether the attempt may go now that its connection stands: nobody has decided anything since,
     * no other master has been followed, and the receiver has not said that it is gone.
     */
    boolean holds() {
      return circuit.holds(this);
    }

    /** The attempt is in the sender's hands, or has ended already. To be called exactly once. */
    void begun() {
      circuit.begun();
    }
  }

  /** What this master has found out and the others do not know yet. */
  record Finding(Circuit circuit, KeptHealth known, Health found) {
    long webhookId() {
      return circuit.webhookId;
    }

    /** The same, for a database that refuses the words. */
    Finding withoutReason() {
      return new Finding(
          circuit,
          known,
          new Health(
              found.failingSince(),
              found.pausedUntil(),
              found.disabledAt(),
              "the reason is in the master's log"));
    }
  }

  /**
   * How the state changed.
   *
   * @param isNews whether the other masters do not know it yet
   */
  record Change(Health before, Health after, boolean isNews) {}

  synchronized Health health() {
    return state.health();
  }

  /** How many requests may be under way to it now, given how many its bulkhead lets through. */
  synchronized int limit(int bulkhead, Instant now) {
    return state.at(now).limit(bulkhead);
  }

  /** Lets an attempt begin, if one may. */
  synchronized Optional<Permit> begin(Instant now) {
    Optional<CircuitState> next = state.at(now).begin(now);
    Optional<Permit> permit = next.map(begun -> new Permit(this, era));
    // nothing is thrown from here on: whoever is let through says when it has begun
    if (next.isPresent()) {
      state = next.get();
      beginning++;
    }
    return permit;
  }

  private synchronized boolean holds(Permit permit) {
    return permit.era() >= followedIn && state.health().disabledAt().isEmpty();
  }

  private synchronized void begun() {
    beginning--;
    notifyAll();
  }

  /** Waits until every attempt that was let through is in the sender's hands. */
  synchronized void awaitBegun() {
    long end = System.nanoTime() + LONGEST_BEGINNING;
    for (long left = LONGEST_BEGINNING; beginning > 0; left = end - System.nanoTime()) {
      if (left <= 0) {
        throw new IllegalStateException("an attempt has been about to begin for five seconds");
      }
      try {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", interrupted);
      }
    }
  }

  /** Learns from an attempt. */
  synchronized Change learn(Permit permit, Outcome outcome, Instant now) {
    Health before = state.health();
    if (permit.era() >= followedIn) {
      CircuitState present = state.at(now);
      CircuitState next =
          permit.era() == era ? inItsEra(present, outcome, now) : later(present, outcome, now);
      if (next.getClass() != present.getClass()) {
        era++;
      }
      state = next;
    }
    return new Change(before, state.health(), finding().isPresent());
  }

  private CircuitState inItsEra(CircuitState present, Outcome outcome, Instant now) {
    if (outcome.saysNothing()) {
      return present.saidNothing();
    }
    if (outcome.succeeded()) {
      return present.arrived();
    }
    if (isGone(outcome)) {
      return gone(present, outcome, now);
    }
    CircuitState failed =
        present.failed(
            new CircuitState.Failure(now, outcome.describe(), asked(outcome, now).map(now::plus)));
    boolean tooLong =
        failed
            .health()
            .failingSince()
            .filter(since -> !now.isBefore(since.plus(disableAfter)))
            .isPresent();
    return tooLong
        ? failed.disable(
            now,
            "every attempt failed for " + Spans.words(disableAfter) + "; " + outcome.describe())
        : failed;
  }

  private static CircuitState later(CircuitState present, Outcome outcome, Instant now) {
    if (isGone(outcome)) {
      return gone(present, outcome, now);
    }
    return asked(outcome, now)
        .map(pause -> present.pause(now.plus(pause), outcome.describe()))
        .orElse(present);
  }

  private static boolean isGone(Outcome outcome) {
    return outcome.answer().filter(answer -> answer.status() == GONE).isPresent();
  }

  private static CircuitState gone(CircuitState present, Outcome outcome, Instant now) {
    return present.disable(now, outcome.describe() + ", which says that it is gone for good");
  }

  private static Optional<Duration> asked(Outcome outcome, Instant now) {
    return outcome
        .answer()
        .filter(answer -> answer.status() == 429 || answer.status() == 503)
        .flatMap(Outcome.Answered::retryAfter)
        .flatMap(value -> RetryAfter.pause(value, now));
  }

  /** What the others are to be told, if anything. */
  synchronized Optional<Finding> finding() {
    return state.health().equals(agreed.health())
        ? Optional.empty()
        : Optional.of(new Finding(this, agreed, state.health()));
  }

  /** The finding is in the database now. */
  synchronized void kept(Finding finding) {
    if (agreed.equals(finding.known())) {
      agreed = finding.known().next(finding.found());
    }
  }

  /** Takes over what is kept, if it is not what this master knows to be kept; says whether. */
  synchronized boolean follow(KeptHealth kept) {
    if (kept.equals(agreed)) {
      return false;
    }
    agreed = kept;
    state = shared(kept.health(), state);
    era++;
    followedIn = era;
    return true;
  }

  /**
   * The state that goes with what the masters share.
   *
   * @param before this master's own, which may know how often it has probed
   */
  private static CircuitState shared(Health health, CircuitState before) {
    if (health.disabledAt().isPresent()) {
      return new CircuitState.Disabled(health);
    }
    Instant until = health.pausedUntil().orElse(Instant.EPOCH);
    if (health.failingSince().isPresent()) {
      Instant since = health.failingSince().get();
      return new CircuitState.Open(
          since, until, failedProbes(since, until, before), health.reason());
    }
    return health.pausedUntil().isPresent()
        ? new CircuitState.Paused(CircuitState.CLOSED, until, health.reason())
        : CircuitState.CLOSED;
  }

  /** As many as fit into that time, each after twice the pause of the one before. */
  private static int failedProbes(Instant since, Instant until, CircuitState before) {
    long pauses = Duration.between(since, until).dividedBy(CircuitState.FIRST_PAUSE);
    int fit = pauses < 1 ? 0 : Long.SIZE - 1 - Long.numberOfLeadingZeros(pauses + 1);
    return Math.max(before.failedProbes(), fit);
  }
}

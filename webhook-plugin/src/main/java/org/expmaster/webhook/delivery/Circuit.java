package org.expmaster.webhook.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.expmaster.webhook.health.Health;
import org.expmaster.webhook.health.KeptHealth;
import org.expmaster.webhook.http.Outcome;

/**
 * The circuit breaker of one webhook: decides whether an attempt may begin, and learns from
 * outcomes. Thread-safe.
 *
 * <p>Every change of state begins a new era. An attempt belongs to the era in which it began, and
 * its success or failure counts in that era only, so a late success closes no circuit. What the
 * receiver asks for (Retry-After, 410) also counts later, unless a user's decision or another
 * master's finding has been adopted since.
 */
final class Circuit {
  private static final int GONE = 410;

  /** How long to wait at most for threads that are about to begin an attempt. */
  private static final long LONGEST_BEGINNING = TimeUnit.SECONDS.toNanos(5);

  private final long webhookId;
  private final Duration disableAfter;
  private CircuitState state = CircuitState.CLOSED;
  private KeptHealth agreed = KeptHealth.NONE;
  private long era;
  private long followedIn;
  private int beginning;

  /**
   * @param disableAfter how long all attempts may fail before the webhook is disabled
   */
  Circuit(long webhookId, Duration disableAfter) {
    this.webhookId = webhookId;
    this.disableAfter = disableAfter;
  }

  /** Permission for one attempt, which belongs to the era in which it was granted. */
  record Permit(Circuit circuit, long era) {
    /**
     * Returns whether the request may still be sent now that its connection is open: the webhook
     * has not been disabled, and no decision or other master's finding has been adopted since.
     */
    boolean holds() {
      return circuit.holds(this);
    }

    /** Reports that the sender has the attempt, or it has ended. Must be called exactly once. */
    void begun() {
      circuit.begun();
    }
  }

  /** A change of health that this master has found and the other masters do not know yet. */
  record Finding(Circuit circuit, KeptHealth known, Health found) {
    long webhookId() {
      return circuit.webhookId;
    }

    /** Returns the finding with a fixed reason, for a database that refuses the original text. */
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
   * The health before and after an attempt.
   *
   * @param isNews whether the other masters do not know the new health yet
   */
  record Change(Health before, Health after, boolean isNews) {}

  synchronized Health health() {
    return state.health();
  }

  /** Returns how many requests may be in flight now, given the limit of the bulkhead. */
  synchronized int limit(int bulkhead, Instant now) {
    return state.at(now).limit(bulkhead);
  }

  /** Permits an attempt, or returns empty if none may begin now. */
  synchronized Optional<Permit> begin(Instant now) {
    Optional<CircuitState> next = state.at(now).begin(now);
    Optional<Permit> permit = next.map(begun -> new Permit(this, era));
    // nothing below throws: whoever is counted here gets the permit and calls begun()
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

  /** Waits until the sender has every permitted attempt. */
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

  /** Updates the state with the outcome of an attempt. */
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

  /** Returns what the other masters do not know yet, if anything. */
  synchronized Optional<Finding> finding() {
    return state.health().equals(agreed.health())
        ? Optional.empty()
        : Optional.of(new Finding(this, agreed, state.health()));
  }

  /** Records that the finding has been committed to the database. */
  synchronized void kept(Finding finding) {
    if (agreed.equals(finding.known())) {
      agreed = finding.known().next(finding.found());
    }
  }

  /** Adopts the stored health if it is not what this master last knew; returns whether it did. */
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
   * Returns the state for the health that the masters share.
   *
   * @param before this master's previous state, which may know the number of failed probes
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

  /** Returns how many fit into that time with pauses that double, or the known number if larger. */
  private static int failedProbes(Instant since, Instant until, CircuitState before) {
    long pauses = Duration.between(since, until).dividedBy(CircuitState.FIRST_PAUSE);
    int fit = pauses < 1 ? 0 : Long.SIZE - 1 - Long.numberOfLeadingZeros(pauses + 1);
    return Math.max(before.failedProbes(), fit);
  }
}

package org.expmaster.webhook.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.expmaster.webhook.health.Health;

/**
 * The circuit breaker of one webhook: turns the outcomes of its attempts into its health. Confined
 * to the delivery loop.
 *
 * <p>A webhook is failing once several attempts in a row have failed. It is then probed by one
 * request at a time, with a growing pause after each failed probe, until one arrives.
 */
final class Circuit {
  /** One failure may be one event's fault; this many in a row are the webhook's. */
  static final int FAILURES_TO_OPEN = 5;

  static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private static final int GONE = 410;

  private final Duration disableAfter;
  private Health health = Health.WELL;
  private int failuresInARow;
  private int failedProbes;
  private Instant firstFailure = Instant.EPOCH;

  /**
   * @param disableAfter how long a webhook may fail throughout before it is disabled
   */
  Circuit(Duration disableAfter) {
    this.disableAfter = disableAfter;
  }

  Health health() {
    return health;
  }

  /** How many requests may be under way to it now, given how many its bulkhead lets through. */
  int limit(int bulkhead, Instant now) {
    if (!health.isOpenAt(now)) {
      return 0;
    }
    return health.failingSince().isPresent() ? 1 : bulkhead;
  }

  /** Takes over what the masters of this database agree on. */
  void follow(Health shared) {
    if (shared.isWell() && !health.isWell()) {
      reset();
    }
    health = shared;
  }

  /** Learns from an attempt; says whether the health is another now, to be kept. */
  boolean learn(Outcome outcome, Instant now) {
    Health before = health;
    if (outcome.succeeded()) {
      reset();
    } else if (health.disabledAt().isEmpty()) {
      failed(outcome, now);
    }
    return !health.equals(before);
  }

  private void reset() {
    // an attempt that began before someone disabled it does not enable it again
    if (health.disabledAt().isEmpty()) {
      health = Health.WELL;
    }
    failuresInARow = 0;
    failedProbes = 0;
  }

  private void failed(Outcome outcome, Instant now) {
    if (failuresInARow++ == 0) {
      firstFailure = now;
    }
    String reason = outcome.describe();
    if (outcome instanceof Outcome.Answered answered && answered.status() == GONE) {
      health = health.disabled(now, reason + ", which says that it is gone for good");
      return;
    }
    Optional<Instant> failingSince = health.failingSince();
    if (failingSince.isEmpty() && failuresInARow >= FAILURES_TO_OPEN) {
      failingSince = Optional.of(firstFailure);
    }
    if (failingSince.isPresent() && !now.isBefore(failingSince.get().plus(disableAfter))) {
      health =
          health.disabled(
              now, "every attempt failed for " + disableAfter.toHours() + " hours; " + reason);
      return;
    }
    Optional<Instant> until = pause(outcome, failingSince, now).map(now::plus);
    if (failingSince.isPresent() || until.isPresent()) {
      health =
          new Health(failingSince, later(health.pausedUntil(), until), Optional.empty(), reason);
    }
  }

  private Optional<Duration> pause(Outcome outcome, Optional<Instant> failingSince, Instant now) {
    if (outcome instanceof Outcome.Answered answered
        && (answered.status() == 429 || answered.status() == 503)) {
      Optional<Duration> asked =
          answered.retryAfter().flatMap(value -> RetryAfter.pause(value, now));
      if (asked.isPresent()) {
        return asked;
      }
    }
    // what was under way when the circuit opened fails too, and is no probe
    if (failingSince.isEmpty() || !health.isOpenAt(now)) {
      return Optional.empty();
    }
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failedProbes++, 10));
    return Optional.of(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
  }

  private static Optional<Instant> later(Optional<Instant> a, Optional<Instant> b) {
    return a.isEmpty() || (b.isPresent() && b.get().isAfter(a.get())) ? b : a;
  }
}

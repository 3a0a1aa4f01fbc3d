package org.expmaster.webhook.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.expmaster.webhook.health.Health;

/**
 * The states of a webhook's circuit breaker, and every way from one to another. Values; {@link
 * Circuit} says which outcomes may move them.
 *
 * <pre>
 * Closed    five failures in a row      → Open
 *           Retry-After                 → Paused
 * Paused    when its time is over       → Closed
 * Open      when its time is over       → HalfOpen
 * HalfOpen  the probe arrives           → Closed
 *           it fails                    → Open, for longer
 * any       410, or too long a failure  → Disabled
 * Disabled  only a person's doing       → Closed
 * </pre>
 */
sealed interface CircuitState {
  /** One failure may be one event's fault; this many in a row are the webhook's. */
  int FAILURES_TO_OPEN = 5;

  Duration FIRST_PAUSE = Duration.ofSeconds(5);
  Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  /** Nothing is known to be wrong. */
  Closed CLOSED = new Closed(0, Instant.EPOCH);

  /**
   * An attempt that failed.
   *
   * @param reason why, in words
   * @param askedUntil until when the receiver has asked for nothing to be sent, if it has
   */
  record Failure(Instant at, String reason, Optional<Instant> askedUntil) {}

  /** What of it all masters share. */
  Health health();

  /** The state it is in at this time, if nothing happens until then. */
  default CircuitState at(Instant now) {
    return this;
  }

  /** How many probes have failed since it began to fail. */
  default int failedProbes() {
    return 0;
  }

  /** How many requests may be under way, given how many the bulkhead lets through. */
  default int limit(int bulkhead) {
    return 0;
  }

  /** The state once an attempt has begun; empty if none may begin. */
  default Optional<CircuitState> begin(Instant now) {
    return Optional.empty();
  }

  /** An attempt that began in this state has arrived. */
  default CircuitState arrived() {
    return this;
  }

  /** An attempt that began in this state has failed. */
  default CircuitState failed(Failure failure) {
    return this;
  }

  /** An attempt that began in this state has ended and said nothing about the receiver. */
  default CircuitState saidNothing() {
    return this;
  }

  /** The receiver has asked, by whichever attempt, for nothing to be sent until then. */
  CircuitState pause(Instant until, String reason);

  /** It is not to be tried any more. */
  default CircuitState disable(Instant at, String why) {
    return new Disabled(health().disabled(at, why));
  }

  /** All that is due is sent. */
  record Closed(int failuresInARow, Instant firstFailure) implements CircuitState {
    @Override
    public Health health() {
      return Health.WELL;
    }

    @Override
    public int limit(int bulkhead) {
      return bulkhead;
    }

    @Override
    public Optional<CircuitState> begin(Instant now) {
      return Optional.of(this);
    }

    @Override
    public CircuitState arrived() {
      return CLOSED;
    }

    @Override
    public CircuitState failed(Failure failure) {
      Closed counted =
          new Closed(failuresInARow + 1, failuresInARow == 0 ? failure.at() : firstFailure);
      if (counted.failuresInARow >= FAILURES_TO_OPEN) {
        return Open.after(failure, counted.firstFailure, 0);
      }
      return failure
          .askedUntil()
          .<CircuitState>map(until -> new Paused(counted, until, failure.reason()))
          .orElse(counted);
    }

    @Override
    public CircuitState pause(Instant until, String reason) {
      return new Paused(this, until, reason);
    }
  }

  /** The receiver has asked for silence, and is not failing: afterwards all goes on. */
  record Paused(Closed before, Instant until, String reason) implements CircuitState {
    @Override
    public Health health() {
      return new Health(Optional.empty(), Optional.of(until), Optional.empty(), reason);
    }

    @Override
    public CircuitState at(Instant now) {
      return now.isBefore(until) ? this : before;
    }

    @Override
    public CircuitState pause(Instant longer, String why) {
      return longer.isAfter(until) ? new Paused(before, longer, why) : this;
    }
  }

  /** It is failing, and left in peace until it is probed again. */
  record Open(Instant since, Instant until, int failedProbes, String reason)
      implements CircuitState {
    /** Until the receiver's own time if it named one; else for longer after every failed probe. */
    static Open after(Failure failure, Instant since, int failedProbes) {
      Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failedProbes, 10));
      Duration bounded = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
      return failure
          .askedUntil()
          .map(until -> new Open(since, until, failedProbes, failure.reason()))
          .orElseGet(
              () ->
                  new Open(since, failure.at().plus(bounded), failedProbes + 1, failure.reason()));
    }

    @Override
    public Health health() {
      return new Health(Optional.of(since), Optional.of(until), Optional.empty(), reason);
    }

    @Override
    public CircuitState at(Instant now) {
      return now.isBefore(until)
          ? this
          : new HalfOpen(since, until, failedProbes, reason, Optional.empty());
    }

    @Override
    public CircuitState pause(Instant longer, String why) {
      return longer.isAfter(until) ? new Open(since, longer, failedProbes, why) : this;
    }
  }

  /**
   * It was failing, and one attempt at a time asks whether it still is.
   *
   * @param probed when the one under way began; of one that never ends another takes the place
   */
  record HalfOpen(
      Instant since, Instant until, int failedProbes, String reason, Optional<Instant> probed)
      implements CircuitState {
    @Override
    public Health health() {
      return new Health(Optional.of(since), Optional.of(until), Optional.empty(), reason);
    }

    @Override
    public int limit(int bulkhead) {
      return 1;
    }

    @Override
    public Optional<CircuitState> begin(Instant now) {
      return probed.filter(at -> now.isBefore(at.plus(LONGEST_PAUSE))).isPresent()
          ? Optional.empty()
          : Optional.of(probed(Optional.of(now)));
    }

    @Override
    public CircuitState arrived() {
      return CLOSED;
    }

    @Override
    public CircuitState failed(Failure failure) {
      return Open.after(failure, since, failedProbes);
    }

    @Override
    public CircuitState saidNothing() {
      return probed(Optional.empty());
    }

    @Override
    public CircuitState pause(Instant asked, String why) {
      return new Open(since, asked, failedProbes, why);
    }

    private HalfOpen probed(Optional<Instant> at) {
      return new HalfOpen(since, until, failedProbes, reason, at);
    }
  }

  /** Nothing is sent until a person enables it. */
  record Disabled(Health health) implements CircuitState {
    @Override
    public CircuitState pause(Instant until, String reason) {
      return this;
    }

    @Override
    public CircuitState disable(Instant at, String why) {
      return this;
    }
  }
}

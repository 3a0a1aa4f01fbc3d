package org.expmaster.webhook.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.expmaster.webhook.health.Health;

/**
 * The states of a webhook's circuit breaker and all transitions between them. Immutable; {@link
 * Circuit} decides which outcomes count.
 *
 * <pre>
 * Closed    five failures in a row     → Open
 *           Retry-After                → Paused
 * Paused    the pause ends             → Closed
 * Open      the pause ends             → HalfOpen
 * HalfOpen  the probe succeeds         → Closed
 *           the probe fails            → Open, for longer
 * any       410, or failing too long   → Disabled
 * Disabled  only by a user's decision  → Closed
 * </pre>
 */
sealed interface CircuitState {
  /** One failure may be due to its event; this many in a row are due to the webhook. */
  int FAILURES_TO_OPEN = 5;

  Duration FIRST_PAUSE = Duration.ofSeconds(5);
  Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  /** Closed, and no failure counted. */
  Closed CLOSED = new Closed(0, Instant.EPOCH);

  /**
   * A failed attempt.
   *
   * @param reason why it failed, as text
   * @param askedUntil the end of the pause that the receiver asked for, if it did
   */
  record Failure(Instant at, String reason, Optional<Instant> askedUntil) {}

  /** Returns the part of the state that all masters share. */
  Health health();

  /** Returns the state at a time, if nothing happens until then. */
  default CircuitState at(Instant now) {
    return this;
  }

  /** Returns how many probes have failed since the webhook began to fail. */
  default int failedProbes() {
    return 0;
  }

  /** Returns how many requests may be in flight, given the limit of the bulkhead. */
  default int limit(int bulkhead) {
    return 0;
  }

  /** Returns the state after an attempt has begun, or empty if none may begin. */
  default Optional<CircuitState> begin(Instant now) {
    return Optional.empty();
  }

  /** Returns the state after an attempt that began in this state has succeeded. */
  default CircuitState arrived() {
    return this;
  }

  /** Returns the state after an attempt that began in this state has failed. */
  default CircuitState failed(Failure failure) {
    return this;
  }

  /** Returns the state after an attempt has ended without telling anything about the receiver. */
  default CircuitState saidNothing() {
    return this;
  }

  /** Returns the state after the receiver has asked for a pause in answer to any attempt. */
  CircuitState pause(Instant until, String reason);

  /** Returns the disabled state. */
  default CircuitState disable(Instant at, String why) {
    return new Disabled(health().disabled(at, why));
  }

  /** All due deliveries are sent. */
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

  /** The receiver has asked for a pause but is not failing; sending resumes afterwards. */
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

  /** The receiver is failing; nothing is sent until the next probe. */
  record Open(Instant since, Instant until, int failedProbes, String reason)
      implements CircuitState {
    /** Lasts until the time the receiver named, if any; else longer after every failed probe. */
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
   * The receiver was failing, and one attempt at a time probes whether it still is.
   *
   * @param probed when the probe in flight began; one that never ends is replaced after a time
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

  /** Nothing is sent until a user enables the webhook. */
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

package org.expmaster.webhook.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.expmaster.webhook.outbox.ClaimedDelivery;
import org.expmaster.webhook.outbox.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what becomes of a delivery after an attempt, and says so: one log line, one count. */
public final class Verdict {
  private static final Logger log = LoggerFactory.getLogger(Verdict.class);

  private final RetrySchedule schedule;
  private final Clock clock;
  private final Timer attempts;
  private final Counter delivered;
  private final Counter retried;
  private final Counter givenUp;

  /** Verdicts by this schedule, counted in these meters. */
  public Verdict(RetrySchedule schedule, Clock clock, MeterRegistry meters) {
    this.schedule = schedule;
    this.clock = clock;
    this.attempts = meters.timer("webhooks.attempts");
    this.delivered = meters.counter("webhooks.deliveries", "result", "delivered");
    this.retried = meters.counter("webhooks.deliveries", "result", "retried");
    this.givenUp = meters.counter("webhooks.deliveries", "result", "given_up");
  }

  Result on(ClaimedDelivery claim, Outcome outcome) {
    if (outcome instanceof Outcome.Unanswered unanswered
        && unanswered.kind() == Outcome.Kind.CUT_SHORT) {
      return new Result.Released(claim);
    }
    attempts.record(outcome.took());
    int attempt = claim.attempts() + 1;
    if (outcome.succeeded()) {
      delivered.increment();
      log.debug("{} attempt {}: {}", name(claim), attempt, described(outcome));
      return new Result.Delivered(claim);
    }
    Optional<Duration> wait = schedule.waitAfter(attempt);
    if (wait.isEmpty()) {
      givenUp.increment();
      log.warn("{} attempt {}: {}; given up", name(claim), attempt, described(outcome));
      return new Result.GivenUp(claim, outcome.describe());
    }
    retried.increment();
    log.info(
        "{} attempt {}: {}; next in {} s",
        name(claim),
        attempt,
        described(outcome),
        wait.get().toSeconds());
    return new Result.Retry(claim, clock.instant().plus(wait.get()), outcome.describe());
  }

  private static String name(ClaimedDelivery claim) {
    return "delivery "
        + claim.id()
        + " of event "
        + claim.eventId()
        + " (experiment "
        + claim.experimentId()
        + ") to webhook "
        + claim.webhookId();
  }

  private static String described(Outcome outcome) {
    return outcome.describe() + " after " + outcome.took().toMillis() + " ms";
  }
}

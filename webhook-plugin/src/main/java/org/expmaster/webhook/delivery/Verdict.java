package org.expmaster.webhook.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.expmaster.webhook.health.Ending;
import org.expmaster.webhook.health.Health;
import org.expmaster.webhook.health.Tally;
import org.expmaster.webhook.outbox.Attempt;
import org.expmaster.webhook.outbox.ClaimedDelivery;
import org.expmaster.webhook.outbox.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what becomes of a delivery after an attempt, and says so: one log line, one count. */
public final class Verdict {
  private static final Logger log = LoggerFactory.getLogger(Verdict.class);

  private final RetrySchedule schedule;
  private final Clock clock;
  private final Tally tally;
  private final Timer attempts;
  private final Counter delivered;
  private final Counter retried;
  private final Counter dead;

  /**
   * Verdicts by this schedule, counted in these meters.
   *
   * @param clock by which rows become due; the same as the outbox's
   * @param tally counts for people what the meters count for machines
   */
  public Verdict(RetrySchedule schedule, Clock clock, MeterRegistry meters, Tally tally) {
    this.schedule = schedule;
    this.clock = clock;
    this.tally = tally;
    this.attempts = meters.timer("webhooks.attempts");
    this.delivered = meters.counter("webhooks.deliveries", "result", "delivered");
    this.retried = meters.counter("webhooks.deliveries", "result", "retried");
    this.dead = meters.counter("webhooks.deliveries", "result", "dead");
  }

  /** Whether a shutdown or somebody's decision ended the attempt: that is nobody's failure. */
  static boolean isCutShort(Outcome outcome) {
    return outcome instanceof Outcome.Unanswered unanswered
        && unanswered.kind() == Outcome.Kind.CUT_SHORT;
  }

  /**
   * @param health of its webhook, now that the circuit has learned from the attempt
   */
  Result on(ClaimedDelivery claim, Outcome outcome, Health health) {
    if (isCutShort(outcome)) {
      return new Result.Released(claim);
    }
    attempts.record(outcome.took());
    Attempt attempt = attempt(outcome);
    if (outcome.succeeded()) {
      delivered.increment();
      tally.count(claim.webhookId(), Ending.DELIVERED);
      if (log.isDebugEnabled()) {
        log.debug("{}: {}", named(claim), described(outcome));
      }
      return new Result.Delivered(claim, attempt);
    }
    Optional<Duration> wait =
        isHopeless(outcome) ? Optional.empty() : schedule.waitAfter(claim.failures() + 1);
    if (wait.isEmpty()) {
      dead.increment();
      tally.count(claim.webhookId(), Ending.DEAD);
      log.warn("{}: {}; given up", named(claim), described(outcome));
      return new Result.Dead(claim, attempt);
    }
    retried.increment();
    tally.count(claim.webhookId(), Ending.RETRIED);
    Instant now = clock.instant();
    Instant due = now.plus(wait.get());
    log.info("{}: {}; {}", named(claim), described(outcome), next(now, due, health));
    return new Result.Retry(claim, attempt, due);
  }

  /** When the next attempt will be, as far as is known now: a pause may end later than the wait. */
  private static String next(Instant now, Instant due, Health health) {
    if (health.disabledAt().isPresent()) {
      return "its webhook is disabled, and it waits until someone enables that";
    }
    Instant at = health.pausedUntil().filter(due::isBefore).orElse(due);
    return "next in " + Spans.words(Duration.between(now, at));
  }

  private static boolean isHopeless(Outcome outcome) {
    return outcome instanceof Outcome.Unanswered unanswered
        && unanswered.kind() == Outcome.Kind.TOO_LARGE;
  }

  private Attempt attempt(Outcome outcome) {
    String problem = outcome.succeeded() ? "" : outcome.describe();
    if (outcome instanceof Outcome.Answered answered) {
      return new Attempt(
          clock.instant(),
          OptionalInt.of(answered.status()),
          problem,
          outcome.took(),
          answered.response());
    }
    return new Attempt(
        clock.instant(), OptionalInt.empty(), problem, outcome.took(), Optional.empty());
  }

  private static String named(ClaimedDelivery claim) {
    return "delivery "
        + claim.id()
        + " of event "
        + claim.eventId()
        + " (experiment "
        + claim.experimentId()
        + ") to webhook "
        + claim.webhookId()
        + ", attempt "
        + (claim.attempts() + 1);
  }

  private static String described(Outcome outcome) {
    return outcome.describe() + " after " + Spans.words(outcome.took());
  }
}

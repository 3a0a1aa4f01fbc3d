package org.expmaster.webhook.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.expmaster.webhook.health.Ending;
import org.expmaster.webhook.health.Health;
import org.expmaster.webhook.health.Tally;
import org.expmaster.webhook.http.Outcome;
import org.expmaster.webhook.outbox.Attempt;
import org.expmaster.webhook.outbox.ClaimedDelivery;
import org.expmaster.webhook.outbox.Result;
import org.expmaster.webhook.telling.Log;
import org.expmaster.webhook.telling.Telling;

/** Decides what becomes of a delivery after an attempt, and says so: one log line, one count. */
public final class Verdict {
  private static final Log log = Log.of(Verdict.class);

  private final RetrySchedule schedule;
  private final Clock clock;
  private final Tally tally;
  private final Telling telling;
  private final Timer attempts;
  private final Counter delivered;
  private final Counter retried;
  private final Counter dead;

  /**
   * Verdicts by this schedule, counted in these meters.
   *
   * @param clock by which rows become due; the same as the outbox's
   * @param tally counts for people what the meters count for machines
   * @param telling tells both
   */
  public Verdict(
      RetrySchedule schedule, Clock clock, MeterRegistry meters, Tally tally, Telling telling) {
    this.schedule = schedule;
    this.clock = clock;
    this.tally = tally;
    this.telling = telling;
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

  /** What becomes of the delivery. */
  Result on(ClaimedDelivery claim, Outcome outcome) {
    if (isCutShort(outcome)) {
      return new Result.Released(claim);
    }
    Attempt attempt = attempt(outcome);
    if (outcome.succeeded()) {
      return new Result.Delivered(claim, attempt);
    }
    Optional<Duration> wait =
        isHopeless(outcome) ? Optional.empty() : schedule.waitAfter(claim.failures() + 1);
    return wait.<Result>map(span -> new Result.Retry(claim, attempt, attempt.at().plus(span)))
        .orElseGet(() -> new Result.Dead(claim, attempt));
  }

  /**
   * Logs and counts it. Nothing depends on that: to be called when the result is in safe hands.
   *
   * @param health of its webhook, now that the circuit has learned from the attempt
   */
  void tell(Result result, Outcome outcome, Supplier<Health> health) {
    ClaimedDelivery claim = result.claim();
    if (result instanceof Result.Delivered) {
      tell(claim, outcome, delivered, Ending.DELIVERED, () -> arrived(claim, outcome));
    } else if (result instanceof Result.Dead) {
      tell(
          claim,
          outcome,
          dead,
          Ending.DEAD,
          () -> log.warn("{}: {}; given up", named(claim), described(outcome)));
    } else if (result instanceof Result.Retry retry) {
      tell(
          claim,
          outcome,
          retried,
          Ending.RETRIED,
          () ->
              log.info("{}: {}; {}", named(claim), described(outcome), next(retry, health.get())));
    }
  }

  private void tell(
      ClaimedDelivery claim, Outcome outcome, Counter counter, Ending ending, Telling.Words line) {
    telling.tell(
        () -> attempts.record(outcome.took()),
        counter::increment,
        () -> tally.count(claim.webhookId(), ending),
        line);
  }

  private static void arrived(ClaimedDelivery claim, Outcome outcome) {
    if (log.isDebugEnabled()) {
      log.debug("{}: {}", named(claim), described(outcome));
    }
  }

  /** Why the master's meters or its log cannot be told; empty if they can. From any thread. */
  Optional<String> untold() {
    return telling
        .failure()
        .map(thrown -> "attempts cannot be counted: " + Reasons.of(thrown))
        .or(() -> Log.failure().map(thrown -> "nothing can be logged: " + Reasons.of(thrown)));
  }

  /** When the next attempt will be, as far as is known now: a pause may end later than the wait. */
  private static String next(Result.Retry retry, Health health) {
    if (health.disabledAt().isPresent()) {
      return "its webhook is disabled, and it waits until someone enables that";
    }
    Instant at = health.pausedUntil().filter(retry.due()::isBefore).orElse(retry.due());
    return "next in " + Spans.words(Duration.between(retry.attempt().at(), at));
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

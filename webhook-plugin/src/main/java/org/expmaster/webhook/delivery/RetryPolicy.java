package org.expmaster.webhook.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
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

/** Decides what happens to a delivery after an attempt; writes one log line and counts once. */
public final class RetryPolicy {
  private static final Log log = Log.of(RetryPolicy.class);

  private final RetrySchedule schedule;
  private final Clock clock;
  private final Tally tally;
  private final Telling telling;
  private final DeliveryMeters meters;
  private final Queue<Runnable> toTell = new ArrayDeque<>();

  /**
   * Creates a policy that counts in these meters.
   *
   * @param clock decides when rows become due; the same as the outbox's
   * @param tally counts for people what the meters count for monitoring
   * @param telling runs the logging and counting
   */
  public RetryPolicy(
      RetrySchedule schedule, Clock clock, DeliveryMeters meters, Tally tally, Telling telling) {
    this.schedule = schedule;
    this.clock = clock;
    this.tally = tally;
    this.telling = telling;
    this.meters = meters;
  }

  /** Returns what happens to the delivery. */
  Result on(ClaimedDelivery claim, Outcome outcome) {
    if (outcome.is(Outcome.Kind.CUT_SHORT)) {
      // a shutdown or a user's decision, not a failure
      return new Result.Released(claim);
    }
    Attempt attempt = attempt(outcome);
    if (outcome.succeeded()) {
      return new Result.Delivered(claim, attempt);
    }
    Optional<Duration> wait =
        outcome.is(Outcome.Kind.TOO_LARGE)
            ? Optional.empty()
            : schedule.waitAfter(claim.failures() + 1);
    return wait.<Result>map(span -> new Result.Retry(claim, attempt, attempt.at().plus(span)))
        .orElseGet(() -> new Result.Dead(claim, attempt));
  }

  /**
   * Logs and counts a result. Nothing depends on this, so call it after queueing the result.
   *
   * @param health of the webhook, after its circuit has learned from the attempt
   */
  void note(Result result, Outcome outcome, Supplier<Health> health) {
    toTell.add(() -> result.accept(new Teller(outcome, health)));
  }

  /** Logs and counts what was noted: last in a turn, because nothing depends on it. */
  void tell() {
    for (Runnable next = toTell.poll(); next != null; next = toTell.poll()) {
      try {
        next.run();
      } catch (RuntimeException | Error untellable) {
        // only its line and its counts are lost; what has failed in the turn matters more
      }
    }
  }

  private final class Teller implements Result.Visitor {
    private final Outcome outcome;
    private final Supplier<Health> health;

    Teller(Outcome outcome, Supplier<Health> health) {
      this.outcome = outcome;
      this.health = health;
    }

    @Override
    public void delivered(Result.Delivered result) {
      tell(
          result,
          () -> meters.delivered(result.claim(), age(result)),
          Ending.DELIVERED,
          () -> arrived(result, outcome));
    }

    @Override
    public void retry(Result.Retry result) {
      tell(
          result,
          () -> {},
          Ending.RETRIED,
          () ->
              log.info(
                  "{}: {}; {}", named(result), described(outcome), next(result, health.get())));
    }

    @Override
    public void dead(Result.Dead result) {
      tell(
          result,
          () -> meters.dead(result.claim()),
          Ending.DEAD,
          () -> log.warn("{}: {}; given up", named(result), described(outcome)));
    }

    /** Not a failure: neither logged nor counted. */
    @Override
    public void released(Result.Released result) {}

    private void tell(Result result, Telling.Words end, Ending ending, Telling.Words line) {
      telling.tell(
          () -> meters.attempted(result.claim(), outcome),
          end,
          () -> tally.count(result.claim().webhookId(), ending),
          line);
    }
  }

  private static Duration age(Result.Delivered result) {
    return Duration.between(result.claim().created(), result.attempt().at());
  }

  private static void arrived(Result result, Outcome outcome) {
    if (log.isDebugEnabled()) {
      log.debug("{}: {}", named(result), described(outcome));
    }
  }

  /** Returns why attempts cannot be counted or logged; empty if they can. Thread-safe. */
  Optional<String> untold() {
    return telling
        .failure()
        .map(thrown -> "attempts cannot be counted: " + Reasons.of(thrown))
        .or(() -> Log.failure().map(thrown -> "nothing can be logged: " + Reasons.of(thrown)));
  }

  /** Returns when the next attempt is expected: a pause may end later than the back-off. */
  private static String next(Result.Retry retry, Health health) {
    if (health.disabledAt().isPresent()) {
      return "its webhook is disabled, and it waits until someone enables that";
    }
    Instant at = health.pausedUntil().filter(retry.due()::isBefore).orElse(retry.due());
    return "next in " + Spans.words(Duration.between(retry.attempt().at(), at));
  }

  private Attempt attempt(Outcome outcome) {
    Optional<Outcome.Answered> answer = outcome.answer();
    return new Attempt(
        clock.instant(),
        answer.map(Outcome.Answered::status).map(OptionalInt::of).orElse(OptionalInt.empty()),
        outcome.succeeded() ? "" : outcome.describe(),
        outcome.took(),
        answer.flatMap(Outcome.Answered::response));
  }

  private static String named(Result result) {
    ClaimedDelivery claim = result.claim();
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

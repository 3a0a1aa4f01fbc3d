package org.expmaster.webhook.rest;

import java.util.Optional;
import java.util.OptionalInt;
import org.expmaster.webhook.advice.Advice;
import org.expmaster.webhook.advice.StatusAdvice;
import org.expmaster.webhook.http.Outcome;
import org.expmaster.webhook.http.UnansweredAdvice;
import org.expmaster.webhook.outbox.Attempt;
import org.expmaster.webhook.payload.Payloads;
import org.expmaster.webhook.registry.PayloadForm;

/**
 * Says what the end of an attempt means and what to do about it. Derived when shown, so that old
 * attempts have it as well. Never repeats what the receiver sent.
 */
final class Hints {
  private final Payloads payloads;

  Hints(Payloads payloads) {
    this.payloads = payloads;
  }

  /** Returns the hint for a stored attempt of a webhook of this form; empty if there is none. */
  String of(PayloadForm form, Attempt attempt) {
    return of(form, attempt.status(), attempt.problem(), attempt.response().orElse(""));
  }

  /** Returns the hint for a test of a webhook of this form; empty if there is none. */
  String of(PayloadForm form, Outcome outcome) {
    Optional<Outcome.Answered> answer = outcome.answer();
    return of(
        form,
        answer.map(answered -> OptionalInt.of(answered.status())).orElse(OptionalInt.empty()),
        outcome.describe(),
        answer.flatMap(Outcome.Answered::response).orElse(""));
  }

  private String of(PayloadForm form, OptionalInt status, String problem, String response) {
    Optional<Advice> advice =
        status.isEmpty()
            ? UnansweredAdvice.of(problem)
            : payloads
                .advice(form, status.getAsInt(), response)
                .or(() -> StatusAdvice.of(status.getAsInt(), response));
    return advice.map(Advice::text).orElse("");
  }
}

package org.expmaster.webhook.rest;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.expmaster.webhook.advice.Advice;
import org.expmaster.webhook.advice.StatusAdvice;
import org.expmaster.webhook.http.Outcome;
import org.expmaster.webhook.http.UnansweredAdvice;
import org.expmaster.webhook.outbox.Attempt;
import org.expmaster.webhook.payload.Payloads;
import org.expmaster.webhook.registry.Webhook;

/**
 * Says what the end of an attempt means and what to do about it. Derived when shown, so that old
 * attempts have it as well. Never repeats what the receiver sent.
 */
final class Hints {
  private final Payloads payloads;

  Hints(Payloads payloads) {
    this.payloads = payloads;
  }

  /** Returns the hint for a stored attempt of this webhook; empty if there is none. */
  String of(Webhook webhook, Attempt attempt) {
    return attempt.status().isEmpty()
        ? unanswered(attempt.problem())
        : answered(webhook, attempt.status().getAsInt(), attempt.response().orElse(""));
  }

  /** Returns the hint for a test of this webhook; empty if there is none. */
  String of(Webhook webhook, Outcome outcome) {
    return outcome
        .answer()
        .map(answer -> answered(webhook, answer.status(), answer.response().orElse("")))
        .orElseGet(() -> unanswered(outcome.describe()));
  }

  private static String unanswered(String problem) {
    return UnansweredAdvice.of(problem).map(Advice::text).orElse("");
  }

  private String answered(Webhook webhook, int status, String response) {
    boolean isHttps = "https".equalsIgnoreCase(webhook.url().getScheme());
    Optional<Advice> meaning =
        payloads
            .advice(webhook.form(), status, response)
            .or(() -> StatusAdvice.of(isHttps, status, response));
    Optional<Advice> guess = payloads.otherForm(webhook.form(), status, response);
    return Stream.concat(meaning.stream(), guess.stream())
        .map(Advice::text)
        .collect(Collectors.joining(" "));
  }
}

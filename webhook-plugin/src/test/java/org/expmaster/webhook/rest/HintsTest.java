package org.expmaster.webhook.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.expmaster.webhook.http.Outcome;
import org.expmaster.webhook.outbox.Attempt;
import org.expmaster.webhook.payload.Payloads;
import org.expmaster.webhook.registry.PayloadForm;
import org.expmaster.webhook.registry.WebhookType;
import org.junit.jupiter.api.Test;

/** The same words for an attempt and for a test, and never the receiver's own. */
class HintsTest {
  private static final PayloadForm SLACK = new PayloadForm(WebhookType.SLACK, 0, "");

  private final Hints hints = new Hints(new Payloads(1, Optional.empty()));

  @Test
  void whatTheServiceIsKnownToMeanGoesBeforeItsStatus() {
    assertTrue(same(SLACK, answered(404, "no_service")).startsWith("Slack has no such webhook"));
    assertTrue(same(SLACK, answered(404, "?")).startsWith("The server has nothing at this path"));
    assertTrue(
        same(PayloadForm.DEFAULT, answered(404, "?")).startsWith("The server has nothing at this"));
  }

  @Test
  void whereNoAnswerCameTheReasonIsExplained() {
    String hint =
        same(SLACK, new Outcome.Unanswered(Outcome.Kind.REFUSED_ADDRESS, Duration.ofMillis(1)));
    assertTrue(hint.contains("webhooks.allowed_networks"), hint);
  }

  @Test
  void aSuccessNeedsNoWords() {
    assertEquals("", same(SLACK, answered(200, "ok")));
  }

  @Test
  void whatTheReceiverSaidIsNeverRepeated() {
    for (WebhookType type : WebhookType.values()) {
      for (int status : new int[] {200, 202, 302, 400, 404, 410, 429, 500}) {
        String hint =
            same(new PayloadForm(type, 0, ""), answered(status, "<b>no_service</b> s3cret"));
        assertFalse(hint.contains("s3cret") || hint.contains("<"), hint);
      }
    }
  }

  /** Returns the hint for a test, which is that for a stored attempt that ended alike. */
  private String same(PayloadForm form, Outcome outcome) {
    Optional<Outcome.Answered> answer = outcome.answer();
    Attempt attempt =
        new Attempt(
            Instant.EPOCH,
            answer.map(one -> OptionalInt.of(one.status())).orElse(OptionalInt.empty()),
            outcome.succeeded() ? "" : outcome.describe(),
            outcome.took(),
            answer.flatMap(Outcome.Answered::response));
    String hint = hints.of(form, outcome);
    assertEquals(hint, hints.of(form, attempt));
    return hint;
  }

  private static Outcome answered(int status, String response) {
    return new Outcome.Answered(
        status, Optional.empty(), Optional.of(response), Duration.ofMillis(3));
  }
}

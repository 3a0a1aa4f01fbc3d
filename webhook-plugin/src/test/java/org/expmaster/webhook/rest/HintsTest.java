package org.expmaster.webhook.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.expmaster.webhook.http.Outcome;
import org.expmaster.webhook.outbox.Attempt;
import org.expmaster.webhook.payload.Payloads;
import org.expmaster.webhook.registry.Endpoint;
import org.expmaster.webhook.registry.PayloadForm;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.WebhookMode;
import org.expmaster.webhook.registry.WebhookType;
import org.expmaster.webhook.signing.WebhookSecrets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same words for an attempt and for a test, and never the receiver's own. */
class HintsTest {
  private static final Webhook SLACK = webhook(WebhookType.SLACK, "https://a.example/");
  static final Webhook DEFAULT = webhook(WebhookType.DEFAULT, "https://a.example/");

  private final Hints hints = new Hints(new Payloads(1, Optional.empty()));

  @Test
  void whatTheServiceIsKnownToMeanGoesBeforeItsStatus() {
    assertTrue(same(SLACK, answered(404, "no_service")).startsWith("Slack has no such webhook"));
    assertTrue(same(SLACK, answered(404, "?")).startsWith("The server has nothing at this path"));
    assertTrue(same(DEFAULT, answered(404, "?")).startsWith("The server has nothing at this"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | invalid_payload | The receiver did not understand the payload. | SLACK",
        "400 | {\"code\":200000,\"m\":1} | The receiver did not understand the payload. | DISCORD",
        "404 | no_service | The server has nothing at this path: | SLACK",
      })
  void aGuessAtAnotherServiceFollowsWhatTheStatusMeans(
      int status, String response, String meaning, String format) {
    String hint = same(DEFAULT, answered(status, response));
    assertTrue(hint.startsWith(meaning), hint);
    assertTrue(hint.endsWith("set this webhook's format to " + format + "."), hint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "410 | no_service | disables its webhook",
        "429 | rate_limited | Retry-After",
        "413 | {\"code\":40005} | larger than the receiver",
        "401 | {\"error\":{\"code\":\"AuthorizationFailed\"}} | does not know who is asking",
      })
  void whatTheStatusMeansIsNeverLostToAGuess(int status, String response, String meaning) {
    String hint = same(DEFAULT, answered(status, response));
    assertTrue(hint.contains(meaning), hint);
    assertFalse(hint.contains("format to"), hint);
  }

  @Test
  void whoIsToBeMendedForPlainHttpAtAPortForTlsDependsOnTheWebhooksUrl() {
    Outcome refused = answered(400, "Client sent an HTTP request to an HTTPS server.\n");
    Webhook plain = webhook(WebhookType.DEFAULT, "http://a.example/");
    assertTrue(same(plain, refused).endsWith("Write https in the webhook's URL."));
    assertTrue(same(DEFAULT, refused).startsWith("A proxy before the receiver"));
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
    assertEquals("", same(SLACK, answered(200, "invalid_blocks")));
    assertEquals("", same(DEFAULT, answered(200, "no_service")));
  }

  @Test
  void whatTheReceiverSaidIsNeverRepeated() {
    for (WebhookType type : WebhookType.values()) {
      for (int status : new int[] {200, 202, 302, 400, 404, 410, 429, 500}) {
        String hint =
            same(
                webhook(type, "https://a.example/s3cret"),
                answered(status, "<b>no_service</b> s3cret"));
        assertFalse(hint.contains("s3cret") || hint.contains("<"), hint);
      }
    }
  }

  /** Returns the hint for a test, which is that for a stored attempt that ended alike. */
  private String same(Webhook webhook, Outcome outcome) {
    Optional<Outcome.Answered> answer = outcome.answer();
    Attempt attempt =
        new Attempt(
            Instant.EPOCH,
            answer.map(one -> OptionalInt.of(one.status())).orElse(OptionalInt.empty()),
            outcome.succeeded() ? "" : outcome.describe(),
            outcome.took(),
            answer.flatMap(Outcome.Answered::response));
    String hint = hints.of(webhook, outcome);
    assertEquals(hint, hints.of(webhook, attempt));
    return hint;
  }

  private static Webhook webhook(WebhookType type, String url) {
    return new Webhook(
        1,
        1,
        "one",
        Endpoint.at(url),
        new PayloadForm(type, 0, ""),
        WebhookMode.WORKSPACE,
        OptionalLong.empty(),
        List.of(),
        WebhookSecrets.NONE);
  }

  private static Outcome answered(int status, String response) {
    return new Outcome.Answered(
        status, Optional.empty(), Optional.of(response), Duration.ofMillis(3));
  }
}

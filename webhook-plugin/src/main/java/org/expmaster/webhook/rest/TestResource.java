package org.expmaster.webhook.rest;

import java.time.Clock;
import java.util.UUID;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.webhook.delivery.DirectAttempt;
import org.expmaster.webhook.delivery.Outcome;
import org.expmaster.webhook.payload.Payload;
import org.expmaster.webhook.payload.Payloads;
import org.expmaster.webhook.registry.Webhook;

/** "Test Webhook": sends the documented event, once, and says what came back. */
public final class TestResource {
  private final WebhookAccess access;
  private final Payloads payloads;
  private final DirectAttempt attempt;
  private final Clock clock;

  /** Tests webhooks with this attempt. */
  public TestResource(WebhookAccess access, Payloads payloads, DirectAttempt attempt, Clock clock) {
    this.access = access;
    this.payloads = payloads;
    this.attempt = attempt;
    this.clock = clock;
  }

  Response test(Request request) {
    Webhook webhook = access.editable(request);
    UUID id = UUID.randomUUID();
    Payload payload = payloads.test(webhook.form(), id, clock.instant());
    Outcome outcome =
        attempt.send(webhook.url(), id.toString(), payload.contentType(), payload.body());
    if (!outcome.succeeded()) {
      throw new ApiException(
          ApiException.Reason.FAILED_PRECONDITION,
          "the test was not delivered: "
              + outcome.describe()
              + " after "
              + outcome.took().toMillis()
              + " ms");
    }
    return Json.response(Json.empty().put("completed", true));
  }
}

package org.expmaster.webhook.rest;

import java.time.Clock;
import java.util.UUID;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.webhook.delivery.DirectAttempt;
import org.expmaster.webhook.delivery.Outcome;
import org.expmaster.webhook.event.WebhookEvent;
import org.expmaster.webhook.payload.Payloads;
import org.expmaster.webhook.payload.TestEvent;
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
    WebhookEvent event = TestEvent.of(UUID.randomUUID(), clock.instant());
    byte[] body = payloads.render(webhook.form().type(), event);
    Outcome outcome = attempt.send(webhook.url(), event.id().toString(), body);
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

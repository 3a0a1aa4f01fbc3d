package org.expmaster.webhook.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.util.UUID;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.webhook.payload.Payload;
import org.expmaster.webhook.payload.Payloads;
import org.expmaster.webhook.registry.Trigger;

/** Previews what a webhook would send. Only its payload form and first trigger must be valid. */
public final class PreviewResource {
  private final Payloads payloads;
  private final Clock clock;

  /** Previews these payloads. */
  public PreviewResource(Payloads payloads, Clock clock) {
    this.payloads = payloads;
    this.clock = clock;
  }

  Response preview(Request request) {
    RequestedWebhook requested =
        new RequestedWebhook(Json.object(request.body(), "the webhook itself"));
    Payload payload =
        payloads.sample(
            requested.form(),
            requested
                .firstTrigger()
                .orElseGet(() -> new Trigger.StateChange(ExperimentState.COMPLETED)),
            UUID.randomUUID(),
            clock.instant());
    return Json.response(
        Json.empty()
            .put("contentType", payload.contentType())
            .put("body", new String(payload.body(), UTF_8)));
  }
}

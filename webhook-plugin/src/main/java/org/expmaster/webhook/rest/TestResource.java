package org.expmaster.webhook.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.webhook.audit.Act;
import org.expmaster.webhook.audit.Action;
import org.expmaster.webhook.http.Outcome;
import org.expmaster.webhook.http.Receiver;
import org.expmaster.webhook.http.SignedSender;
import org.expmaster.webhook.http.SignedSender.Message;
import org.expmaster.webhook.payload.Payload;
import org.expmaster.webhook.payload.Payloads;
import org.expmaster.webhook.registry.Webhook;
import tools.jackson.databind.node.ObjectNode;

/** Implements "Test Webhook": sends the test payload once, and reports the receiver's answer. */
public final class TestResource {
  private final WebhookAccess access;
  private final Payloads payloads;
  private final Hints hints;
  private final SignedSender sender;
  private final TestBulkhead bulkhead;
  private final Auditing auditing;
  private final Clock clock;

  /**
   * Tests webhooks with this sender.
   *
   * @param longest maximum duration of an attempt
   */
  public TestResource(
      WebhookAccess access,
      Payloads payloads,
      SignedSender sender,
      Auditing auditing,
      Duration longest,
      Clock clock) {
    this.access = access;
    this.payloads = payloads;
    this.hints = new Hints(payloads);
    this.sender = sender;
    this.bulkhead = new TestBulkhead(longest);
    this.auditing = auditing;
    this.clock = clock;
  }

  Response test(Request request) {
    Webhook webhook = access.editable(request);
    // with a report, the status is 200 however the test ends
    boolean wantsReport = QueryValues.flag(request, "report");
    UUID id = UUID.randomUUID();
    Payload payload = payloads.test(webhook.form(), id, clock.instant());
    Act act = auditing.act(request, Action.TESTED, "");
    Outcome outcome =
        bulkhead.run(
            webhook.id(),
            request.requireCaller().userId(),
            () -> {
              auditing.record(act, webhook.id());
              return send(
                  webhook, new Message(id.toString(), payload.contentType(), payload.body()));
            });
    if (wantsReport) {
      return Json.response(report(payload, outcome).put("hint", hints.of(webhook, outcome)));
    }
    if (!outcome.succeeded()) {
      throw ApiException.invalid(
          "the test was not delivered: "
              + outcome.describe()
              + " after "
              + outcome.took().toMillis()
              + " ms. "
              + hints.of(webhook, outcome));
    }
    return Json.response(Json.empty().put("completed", true));
  }

  private Outcome send(Webhook webhook, Message message) {
    return sender.sendAndWait(
        new Receiver(webhook.url(), webhook.endpoint().headers().byName(), webhook.secrets()),
        message);
  }

  private static ObjectNode report(Payload payload, Outcome outcome) {
    ObjectNode report = Json.empty();
    report.put("completed", outcome.succeeded());
    report.put("millis", outcome.took().toMillis());
    Optional<Outcome.Answered> answer = outcome.answer();
    report.put("status", answer.map(Outcome.Answered::status).orElse(null));
    report.put("response", answer.flatMap(Outcome.Answered::response).orElse(""));
    report.put("problem", outcome.succeeded() ? "" : outcome.describe());
    report.put("contentType", payload.contentType());
    report.put("body", new String(payload.body(), UTF_8));
    return report;
  }
}

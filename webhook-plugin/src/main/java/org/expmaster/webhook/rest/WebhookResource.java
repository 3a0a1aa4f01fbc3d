package org.expmaster.webhook.rest;

import java.time.Clock;
import java.util.OptionalLong;
import java.util.UUID;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Caller;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.webhook.delivery.DirectAttempt;
import org.expmaster.webhook.delivery.Outcome;
import org.expmaster.webhook.event.WebhookEvent;
import org.expmaster.webhook.payload.Payloads;
import org.expmaster.webhook.payload.TestEvent;
import org.expmaster.webhook.registry.DuplicateNameException;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.WebhookDraft;
import org.expmaster.webhook.registry.WebhookRegistry;

/** Webhooks over REST. */
public final class WebhookResource {
  private final WebhookRegistry registry;
  private final Permissions permissions;
  private final Payloads payloads;
  private final DirectAttempt attempt;
  private final Clock clock;
  private final WebhookJson json = new WebhookJson();

  /** Answers from this registry. */
  public WebhookResource(
      WebhookRegistry registry,
      Permissions permissions,
      Payloads payloads,
      DirectAttempt attempt,
      Clock clock) {
    this.registry = registry;
    this.permissions = permissions;
    this.payloads = payloads;
    this.attempt = attempt;
    this.clock = clock;
  }

  Response list(Request request) {
    Caller caller = request.requireCaller();
    return json.webhooks(
        registry.snapshot().byId().values().stream()
            .filter(webhook -> permissions.maySee(caller, webhook))
            .toList());
  }

  Response create(Request request) {
    Caller caller = request.requireCaller();
    RequestedWebhook requested = json.read(request.body());
    OptionalLong workspaceId = requested.workspaceId();
    permissions.requireEdit(caller, workspaceId);
    WebhookDraft draft = requested.check();
    if (workspaceId.isPresent() && !permissions.exists(workspaceId.getAsLong())) {
      throw ApiException.invalid(
          "workspaceId is " + workspaceId.getAsLong() + ", and there is no such workspace");
    }
    try {
      return json.webhook(registry.create(draft, caller.userId()));
    } catch (DuplicateNameException taken) {
      throw ApiException.invalid(
          "name is \"" + draft.name() + "\", which another webhook of the workspace has");
    }
  }

  Response delete(Request request) {
    Webhook webhook = editable(request);
    if (!registry.delete(webhook.id())) {
      throw noSuch(webhook.id());
    }
    return json.empty();
  }

  Response test(Request request) {
    Webhook webhook = editable(request);
    WebhookEvent event = TestEvent.of(UUID.randomUUID(), clock.instant());
    Outcome outcome =
        attempt.send(webhook.url(), event.id().toString(), payloads.render(webhook.type(), event));
    if (!outcome.succeeded()) {
      throw new ApiException(
          ApiException.Reason.FAILED_PRECONDITION,
          "the test was not delivered: "
              + outcome.describe()
              + " after "
              + outcome.took().toMillis()
              + " ms");
    }
    return json.completed();
  }

  /** The webhook of the path. Who may not see it is told what they would be if it did not exist. */
  private Webhook editable(Request request) {
    Caller caller = request.requireCaller();
    long id = request.pathId("id");
    Webhook webhook =
        registry
            .snapshot()
            .find(id)
            .filter(found -> permissions.maySee(caller, found))
            .orElseThrow(() -> noSuch(id));
    permissions.requireEdit(caller, webhook.workspaceId());
    return webhook;
  }

  private static ApiException noSuch(long id) {
    return ApiException.notFound("there is no webhook " + id);
  }
}

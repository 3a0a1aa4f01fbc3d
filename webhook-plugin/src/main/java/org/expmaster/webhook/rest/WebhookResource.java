package org.expmaster.webhook.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Caller;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.webhook.health.Health;
import org.expmaster.webhook.health.HealthStore;
import org.expmaster.webhook.health.LastDay;
import org.expmaster.webhook.registry.DuplicateNameException;
import org.expmaster.webhook.registry.QuotaException;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.WebhookDraft;
import org.expmaster.webhook.registry.WebhookRegistry;

/** Webhooks over REST: created, edited, deleted, switched on and off. */
public final class WebhookResource {
  /** Who says no version is not turned away because another edit came first. */
  private static final int EDIT_ATTEMPTS = 10;

  private final WebhookRegistry registry;
  private final HealthStore health;
  private final Permissions permissions;
  private final WebhookAccess access;
  private final DraftChecks checks;
  private final Clock clock;

  /** Answers from this registry. */
  public WebhookResource(
      WebhookRegistry registry,
      HealthStore health,
      Permissions permissions,
      WebhookAccess access,
      DraftChecks checks,
      Clock clock) {
    this.registry = registry;
    this.health = health;
    this.permissions = permissions;
    this.access = access;
    this.checks = checks;
    this.clock = clock;
  }

  Response create(Request request) {
    Caller caller = request.requireCaller();
    RequestedWebhook requested =
        new RequestedWebhook(Json.object(request.body(), "the webhook itself"));
    WebhookDraft draft = check(caller, requested, 0);
    // last, and only for those who may: it has names looked up
    checks.url().accept(draft.url());
    try {
      return WebhookListing.answer(
          registry.create(draft, caller.userId()), Health.WELL, LastDay.EMPTY, Map.of(), true);
    } catch (DuplicateNameException taken) {
      throw taken(draft);
    } catch (QuotaException full) {
      throw full(full);
    }
  }

  /** Changes the fields that are written, and no others. */
  Response patch(Request request) {
    Webhook edited = edit(request, webhook -> change(request, webhook));
    return Json.response(Json.empty(), EntityTag.header(edited.version() + 1));
  }

  Response delete(Request request) {
    edit(request, webhook -> registry.delete(webhook.id(), webhook.version()));
    return Json.response(Json.empty());
  }

  /**
   * Edits the webhook that the path names, as the request has seen it, or, where it does not say,
   * as it is now.
   *
   * @param edit says whether the webhook still was what it was given
   * @return the webhook as it was before
   */
  private Webhook edit(Request request, Predicate<Webhook> edit) {
    for (int tried = 0; tried < EDIT_ATTEMPTS; tried++) {
      registry.refresh();
      Webhook webhook = access.editable(request);
      EntityTag.require(request, webhook);
      if (edit.test(webhook)) {
        return webhook;
      }
    }
    throw new ApiException(ApiException.Reason.ABORTED, "the webhook keeps changing; try again");
  }

  private boolean change(Request request, Webhook webhook) {
    ObjectNode changes = Json.object(request.body(), "the fields to change");
    RequestedWebhook requested =
        RequestedWebhook.edit(WebhookJson.of(webhook, Health.WELL), changes);
    WebhookDraft draft = check(request.requireCaller(), requested, webhook.triggers().size());
    if (!draft.url().equals(webhook.url())) {
      checks.url().accept(draft.url());
    }
    try {
      return registry.update(webhook.id(), webhook.version(), draft);
    } catch (DuplicateNameException taken) {
      throw taken(draft);
    } catch (QuotaException full) {
      throw full(full);
    }
  }

  /**
   * Permission comes first, then what is wrong with the webhook.
   *
   * @param triggers how many it has already
   */
  private WebhookDraft check(Caller caller, RequestedWebhook requested, int triggers) {
    OptionalLong workspaceId = requested.workspaceId();
    permissions.requireEdit(caller, workspaceId);
    checks.requireFewTriggers(requested, triggers);
    WebhookDraft draft = requested.check();
    if (workspaceId.isPresent() && !permissions.exists(workspaceId.getAsLong())) {
      throw ApiException.invalid(
          "workspaceId is " + workspaceId.getAsLong() + ", and there is no such workspace");
    }
    return draft;
  }

  private static ApiException full(QuotaException full) {
    return new ApiException(ApiException.Reason.FAILED_PRECONDITION, full.getMessage());
  }

  private static ApiException taken(WebhookDraft draft) {
    return ApiException.invalid(
        "name is \"" + draft.name() + "\", which another webhook of the workspace has");
  }

  /** What waited goes out within a second. */
  Response enable(Request request) throws SQLException {
    health.put(access.editable(request).id(), Health.WELL);
    return Json.response(Json.empty());
  }

  /** What happens from now on waits until it is enabled again. */
  Response disable(Request request) throws SQLException {
    Webhook webhook = access.editable(request);
    Caller caller = request.requireCaller();
    health.put(
        webhook.id(), Health.WELL.disabled(clock.instant(), "disabled by " + caller.username()));
    return Json.response(Json.empty());
  }
}

package org.expmaster.webhook.rest;

import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiPredicate;
import java.util.function.LongConsumer;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.webhook.audit.Act;
import org.expmaster.webhook.audit.Action;
import org.expmaster.webhook.health.Health;
import org.expmaster.webhook.health.LastDay;
import org.expmaster.webhook.registry.DuplicateNameException;
import org.expmaster.webhook.registry.QuotaException;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.WebhookDraft;
import org.expmaster.webhook.registry.WebhookRegistry;
import tools.jackson.databind.node.ObjectNode;

/** Creates, edits and deletes webhooks over REST. */
public final class WebhookResource {
  /** Maximum tries of an edit that names no version, so that a concurrent edit does not fail it. */
  private static final int EDIT_ATTEMPTS = 10;

  private final WebhookRegistry registry;
  private final Permissions permissions;
  private final WebhookAccess access;
  private final DraftChecks checks;
  private final Auditing auditing;
  private final LongConsumer decided;

  /**
   * Answers from this registry.
   *
   * @param decided called with the id of a webhook that was deleted or given another endpoint;
   *     returns when nothing is sent to the old one any more
   */
  public WebhookResource(
      WebhookRegistry registry,
      Permissions permissions,
      WebhookAccess access,
      DraftChecks checks,
      Auditing auditing,
      LongConsumer decided) {
    this.registry = registry;
    this.permissions = permissions;
    this.access = access;
    this.checks = checks;
    this.auditing = auditing;
    this.decided = decided;
  }

  Response create(Request request) {
    RequestedWebhook requested =
        new RequestedWebhook(Json.object(request.body(), "the webhook itself"));
    Rights rights = permissions.rights(request);
    WebhookDraft draft = check(rights, requested, 0);
    // last, and only with permission: the check looks up a host
    checks.url().accept(draft.url());
    Act act = auditing.act(request, Action.CREATED, "");
    try {
      Webhook created = registry.create(draft, Auditing.editor(request, act));
      auditing.done(act, created.id());
      return WebhookListing.answer(created, Health.WELL, LastDay.EMPTY, Map.of(), rights);
    } catch (DuplicateNameException taken) {
      throw taken(draft);
    } catch (QuotaException full) {
      throw full(full);
    }
  }

  /** Changes only the fields that the request contains. */
  Response patch(Request request) {
    Webhook edited = edit(request, (webhook, rights) -> change(request, webhook, rights));
    return Json.response(Json.empty(), EntityTag.header(edited.version() + 1));
  }

  Response delete(Request request) {
    Act act = auditing.act(request, Action.DELETED, "");
    Webhook deleted =
        edit(request, (webhook, rights) -> registry.delete(webhook.id(), webhook.version(), act));
    auditing.done(act, deleted.id());
    decided.accept(deleted.id());
    return Json.response(Json.empty());
  }

  /**
   * Edits the webhook that the path names, in the version of {@code If-Match} or, without one, the
   * current version.
   *
   * @param edit applies the edit; false if the webhook has changed since it was read
   * @return the webhook before the edit
   */
  private Webhook edit(Request request, BiPredicate<Webhook, Rights> edit) {
    for (int tried = 0; tried < EDIT_ATTEMPTS; tried++) {
      registry.refresh();
      Rights rights = permissions.rights(request);
      Webhook webhook = access.editable(request, rights);
      EntityTag.require(request, webhook);
      if (edit.test(webhook, rights)) {
        return webhook;
      }
    }
    throw new ApiException(ApiException.Reason.ABORTED, "the webhook keeps changing; try again");
  }

  private boolean change(Request request, Webhook webhook, Rights rights) {
    ObjectNode changes = Json.object(request.body(), "the fields to change");
    RequestedWebhook requested = RequestedWebhook.edit(webhook, changes);
    WebhookDraft draft = check(rights, requested, webhook.triggers().size());
    if (!draft.url().equals(webhook.url())) {
      checks.url().accept(draft.url());
    }
    Act act = auditing.act(request, Action.EDITED, EditedFields.names(webhook, draft));
    try {
      boolean updated =
          registry.update(webhook.id(), webhook.version(), draft, Auditing.editor(request, act));
      if (updated) {
        auditing.done(act, webhook.id());
      }
      if (updated && !draft.endpoint().equals(webhook.endpoint())) {
        decided.accept(webhook.id());
      }
      return updated;
    } catch (DuplicateNameException taken) {
      throw taken(draft);
    } catch (QuotaException full) {
      throw full(full);
    }
  }

  /**
   * Checks permission first, then the webhook.
   *
   * @param triggers number of triggers before the edit
   */
  private WebhookDraft check(Rights rights, RequestedWebhook requested, int triggers) {
    OptionalLong workspaceId = requested.workspaceId();
    rights.requireEdit(workspaceId);
    checks.requireFewTriggers(requested, triggers);
    WebhookDraft draft = requested.check();
    if (workspaceId.isPresent() && !rights.exists(workspaceId.getAsLong())) {
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
}

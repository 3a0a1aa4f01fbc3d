package org.expmaster.webhook.rest;

import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Caller;
import org.expmaster.plugin.http.Request;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.WebhookRegistry;

/**
 * Finds the webhook that a request's path names, if the caller may see or edit it. Answers the same
 * for one that the caller may not see as for one that does not exist.
 */
public final class WebhookAccess {
  private final WebhookRegistry registry;
  private final Permissions permissions;

  /** Looks webhooks up in this registry. */
  public WebhookAccess(WebhookRegistry registry, Permissions permissions) {
    this.registry = registry;
    this.permissions = permissions;
  }

  Webhook visible(Request request) {
    Caller caller = request.requireCaller();
    long id = request.pathId("id");
    return registry
        .snapshot()
        .find(id)
        .filter(found -> permissions.maySee(caller, found))
        .orElseThrow(() -> noSuch(id));
  }

  Webhook editable(Request request) {
    Webhook webhook = visible(request);
    permissions.requireEdit(request.requireCaller(), webhook.workspaceId());
    return webhook;
  }

  static ApiException noSuch(long id) {
    return ApiException.notFound("there is no webhook " + id);
  }
}

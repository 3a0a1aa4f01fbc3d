package org.expmaster.webhook.rest;

import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Caller;
import org.expmaster.plugin.http.Request;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.WebhookRegistry;

/**
 * Finds the webhook a request's path names, for someone who may see or edit it. Who may not see it
 * is told what they would be told if it did not exist.
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

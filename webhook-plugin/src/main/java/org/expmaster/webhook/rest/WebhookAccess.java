package org.expmaster.webhook.rest;

import java.time.Instant;
import org.expmaster.plugin.http.ApiException;
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

  /** A webhook that the caller may see, and what else the caller may do. */
  record Found(Webhook webhook, Rights rights) {
    boolean mayEdit() {
      return rights.mayEdit(webhook.workspaceId());
    }
  }

  Found visible(Request request) {
    Rights rights = permissions.rights(request);
    return new Found(visible(request, rights), rights);
  }

  /** Finds a webhook whose deliveries the caller may see. */
  Found withDeliveries(Request request) {
    Found found = visible(request);
    if (!found.rights().maySeeDeliveries(found.webhook())) {
      throw ApiException.denied(
          "you may not see deliveries of webhooks for all workspaces, which tell of the"
              + " experiments of each; ask an admin");
    }
    return found;
  }

  /**
   * Returns the time from which on the caller may see what a webhook delivered. What it delivered
   * before it moved to its workspace tells of another workspace's experiments.
   */
  Instant deliveriesSince(Found found) {
    return found.rights().maySeeAll() ? Instant.EPOCH : registry.movedAt(found.webhook().id());
  }

  Webhook editable(Request request) {
    return editing(request).webhook();
  }

  Found editing(Request request) {
    Rights rights = permissions.rights(request);
    return new Found(editable(request, rights), rights);
  }

  /**
   * @param rights the caller's
   */
  Webhook editable(Request request, Rights rights) {
    Webhook webhook = visible(request, rights);
    rights.requireEdit(webhook.workspaceId());
    return webhook;
  }

  private Webhook visible(Request request, Rights rights) {
    long id = request.pathId("id");
    return registry
        .snapshot()
        .find(id)
        .filter(rights::maySee)
        .orElseThrow(() -> ApiException.notFound("there is no webhook " + id));
  }
}

package org.expmaster.webhook.rest;

import static org.expmaster.plugin.model.WebhookRights.Right.EDIT;
import static org.expmaster.plugin.model.WebhookRights.Right.VIEW;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.model.WebhookRights;
import org.expmaster.plugin.model.WebhookRights.Right;
import org.expmaster.webhook.registry.Webhook;

/**
 * A caller's rights as the master has given them, looked up by workspace.
 *
 * @param everywhere the right to every webhook
 * @param global the right to webhooks for all workspaces
 * @param workspaces the workspaces whose webhooks the caller may see, by id
 */
record Rights(Right everywhere, Right global, Map<Long, In> workspaces) {

  /** The right to a workspace's webhooks, not {@code NONE}. */
  record In(String workspace, Right right) {}

  static Rights of(WebhookRights given) {
    Map<Long, In> byId = new LinkedHashMap<>();
    given
        .workspaces()
        .forEach(
            (workspace, own) -> {
              Right right = given.everywhere().or(own);
              if (right.includes(VIEW)) {
                byId.put(workspace.id(), new In(workspace.name(), right));
              }
            });
    return new Rights(given.everywhere(), given.everywhere().or(given.global()), byId);
  }

  boolean maySee(Webhook webhook) {
    return in(webhook.workspaceId()).includes(VIEW);
  }

  /**
   * Returns whether the caller may see what became of a webhook's deliveries. Those of a webhook
   * for all workspaces tell of the experiments of every workspace, so its view alone is not enough.
   */
  boolean maySeeDeliveries(Webhook webhook) {
    return webhook.workspaceId().isPresent()
        ? maySee(webhook)
        : maySeeAll() || mayEdit(webhook.workspaceId());
  }

  /** Returns whether the caller may see the webhooks of every workspace. */
  boolean maySeeAll() {
    return everywhere.includes(VIEW);
  }

  boolean mayEdit(OptionalLong workspaceId) {
    return in(workspaceId).includes(EDIT);
  }

  private Right in(OptionalLong workspaceId) {
    if (workspaceId.isEmpty()) {
      return global;
    }
    In in = workspaces.get(workspaceId.getAsLong());
    return in == null ? everywhere : in.right();
  }

  /** Whether a workspace exists; only to be asked for a caller who may edit there. */
  boolean exists(long workspaceId) {
    return workspaces.containsKey(workspaceId);
  }

  /**
   * Says the same for a workspace that does not exist.
   *
   * @throws ApiException PermissionDenied, if the caller may not edit webhooks there
   */
  void requireEdit(OptionalLong workspaceId) {
    if (!mayEdit(workspaceId)) {
      throw ApiException.denied(
          workspaceId.isPresent()
              ? "you may not edit webhooks of workspace "
                  + workspaceId.getAsLong()
                  + "; ask its owner or an admin"
              : "you may not edit webhooks for all workspaces; ask an admin");
    }
  }
}

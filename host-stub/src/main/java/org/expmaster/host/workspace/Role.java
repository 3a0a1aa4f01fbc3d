package org.expmaster.host.workspace;

import org.expmaster.plugin.model.WebhookRights.Right;

/** What a user who does not own a workspace may do in it. */
enum Role {
  VIEWER(Right.VIEW),
  EDITOR(Right.EDIT);

  /** The right to the workspace's webhooks. */
  final Right webhooks;

  Role(Right webhooks) {
    this.webhooks = webhooks;
  }
}

package org.expmaster.webhook.rest;

import java.util.List;
import java.util.OptionalLong;
import org.expmaster.plugin.model.Workspace;
import org.expmaster.webhook.registry.Webhook;

/**
 * What someone may do, by the rules of {@link Permissions}.
 *
 * @param everywhere whether also what concerns all workspaces
 * @param workspaces those whose webhooks they see, create and edit
 */
record Rights(boolean everywhere, List<Workspace> workspaces) {
  Rights {
    workspaces = List.copyOf(workspaces);
  }

  boolean maySee(Webhook webhook) {
    return webhook.workspaceId().isEmpty() || mayEdit(webhook.workspaceId());
  }

  boolean mayEdit(OptionalLong workspaceId) {
    return everywhere
        || workspaceId.isPresent()
            && workspaces.stream().anyMatch(own -> own.id() == workspaceId.getAsLong());
  }
}

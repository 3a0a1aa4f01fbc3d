package org.expmaster.webhook.rest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.expmaster.plugin.model.Workspace;
import org.expmaster.webhook.registry.Webhook;

/**
 * What someone may do, by the rules of {@link Permissions}.
 *
 * @param everywhere whether also what concerns all workspaces
 * @param workspaces those whose webhooks they see, create and edit, by id
 */
record Rights(boolean everywhere, Map<Long, Workspace> workspaces) {
  Rights {
    workspaces = Collections.unmodifiableMap(new LinkedHashMap<>(workspaces));
  }

  static Rights of(boolean everywhere, List<Workspace> workspaces) {
    Map<Long, Workspace> byId = new LinkedHashMap<>();
    workspaces.forEach(workspace -> byId.put(workspace.id(), workspace));
    return new Rights(everywhere, byId);
  }

  boolean maySee(Webhook webhook) {
    return webhook.workspaceId().isEmpty() || mayEdit(webhook.workspaceId());
  }

  boolean mayEdit(OptionalLong workspaceId) {
    return everywhere || workspaceId.isPresent() && workspaces.containsKey(workspaceId.getAsLong());
  }
}

package org.expmaster.webhook.rest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.expmaster.plugin.model.Workspace;
import org.expmaster.webhook.registry.Webhook;

/**
 * A caller's rights, by the rules of {@link Permissions}.
 *
 * @param everywhere whether they extend to all webhooks, including those for all workspaces
 * @param workspaces workspaces whose webhooks the caller may see, create and edit, by id
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

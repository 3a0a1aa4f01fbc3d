package org.expmaster.webhook.rest;

import java.util.OptionalLong;
import org.expmaster.plugin.Experiments;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Caller;
import org.expmaster.webhook.registry.Webhook;

/**
 * Who may do what. Everyone logged in sees the webhooks of all workspaces; a workspace's own are
 * seen by its owner and admins. Editing and testing: an admin, or the owner for that workspace.
 */
public final class Permissions {
  private final Experiments experiments;

  /** Asks the master who owns a workspace. */
  public Permissions(Experiments experiments) {
    this.experiments = experiments;
  }

  /** What one caller may, asked of the master once for however many webhooks. */
  Rights rights(Caller caller) {
    return Rights.of(
        caller.admin(),
        experiments.workspaces().stream()
            .filter(workspace -> caller.admin() || workspace.ownerId() == caller.userId())
            .toList());
  }

  boolean maySee(Caller caller, Webhook webhook) {
    return webhook.workspaceId().isEmpty() || mayEdit(caller, webhook.workspaceId());
  }

  boolean mayEdit(Caller caller, OptionalLong workspaceId) {
    if (caller.admin()) {
      return true;
    }
    return workspaceId.isPresent()
        && experiments
            .workspace(workspaceId.getAsLong())
            .filter(workspace -> workspace.ownerId() == caller.userId())
            .isPresent();
  }

  /**
   * @throws ApiException PermissionDenied, if the caller may not edit webhooks there
   */
  void requireEdit(Caller caller, OptionalLong workspaceId) {
    if (!mayEdit(caller, workspaceId)) {
      throw ApiException.denied(
          workspaceId.isPresent()
              ? "only the owner of workspace "
                  + workspaceId.getAsLong()
                  + " or an admin may do this"
              : "only an admin may do this for all workspaces");
    }
  }

  /** Whether there is such a workspace; to be asked only for someone who may edit there. */
  boolean exists(long workspaceId) {
    return experiments.workspace(workspaceId).isPresent();
  }
}

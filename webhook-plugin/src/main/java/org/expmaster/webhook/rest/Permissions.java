package org.expmaster.webhook.rest;

import java.util.List;
import java.util.OptionalLong;
import org.expmaster.plugin.Experiments;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Caller;
import org.expmaster.plugin.model.Workspace;
import org.expmaster.webhook.registry.Webhook;

/**
 * Permission rules: everyone logged in sees the webhooks for all workspaces; a workspace's owner
 * and admins see its own. Admins edit and test every webhook, owners those of their workspace.
 */
public final class Permissions {
  private final Experiments experiments;

  /** Asks the master who owns a workspace. */
  public Permissions(Experiments experiments) {
    this.experiments = experiments;
  }

  /** Returns a caller's rights; asks the master once, for any number of webhooks. */
  Rights rights(Caller caller) {
    return rights(caller, experiments.workspaces());
  }

  boolean maySee(Caller caller, Webhook webhook) {
    return rightsIn(webhook.workspaceId(), caller).maySee(webhook);
  }

  boolean mayEdit(Caller caller, OptionalLong workspaceId) {
    return rightsIn(workspaceId, caller).mayEdit(workspaceId);
  }

  /** Returns a caller's rights, but only those in one workspace. */
  private Rights rightsIn(OptionalLong workspaceId, Caller caller) {
    return rights(
        caller,
        caller.admin() || workspaceId.isEmpty()
            ? List.of()
            : experiments.workspace(workspaceId.getAsLong()).stream().toList());
  }

  private static Rights rights(Caller caller, List<Workspace> workspaces) {
    return Rights.of(
        caller.admin(),
        workspaces.stream()
            .filter(workspace -> caller.admin() || workspace.ownerId() == caller.userId())
            .toList());
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

  /** Whether a workspace exists; only to be asked for a caller who may edit there. */
  boolean exists(long workspaceId) {
    return experiments.workspace(workspaceId).isPresent();
  }
}

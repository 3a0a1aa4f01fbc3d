package org.expmaster.plugin;

import static org.expmaster.plugin.model.WebhookRights.Right.EDIT;
import static org.expmaster.plugin.model.WebhookRights.Right.NONE;
import static org.expmaster.plugin.model.WebhookRights.Right.VIEW;

import java.util.LinkedHashMap;
import java.util.Map;
import org.expmaster.plugin.http.Caller;
import org.expmaster.plugin.model.WebhookRights;
import org.expmaster.plugin.model.WebhookRights.Right;
import org.expmaster.plugin.model.Workspace;

/**
 * The master's answer to who may view and edit webhooks. The master alone decides, by its roles or
 * otherwise.
 *
 * <p>A plugin asks again for every request and keeps no answer beyond it, so that a change of roles
 * takes effect at once. One answer covers any number of webhooks and workspaces.
 */
@FunctionalInterface
public interface WebhookPermissions {

  /**
   * Returns the caller's rights as they are now. Called concurrently from the threads that handle
   * requests. Like the look-ups of {@link Experiments}, it reads the master's database, so it may
   * be called neither inside a {@link MasterTransaction} nor while holding a connection. Throws an
   * unchecked exception if the database cannot be reached; the request is then not answered.
   *
   * @param caller the user whom the master has authenticated for the current request
   */
  WebhookRights of(Caller caller);

  /**
   * Returns the rule of a master without roles: everyone logged in sees the webhooks for all
   * workspaces; a workspace's owner sees and edits its own; admins see and edit all.
   *
   * @param experiments supplies the workspaces and their owners, in one call for each answer
   */
  static WebhookPermissions withoutRoles(Experiments experiments) {
    return caller -> {
      Map<Workspace, Right> workspaces = new LinkedHashMap<>();
      for (Workspace workspace : experiments.workspaces()) {
        if (caller.admin() || workspace.ownerId() == caller.userId()) {
          workspaces.put(workspace, EDIT);
        }
      }
      return caller.admin()
          ? new WebhookRights(EDIT, EDIT, workspaces)
          : new WebhookRights(NONE, VIEW, workspaces);
    };
  }
}

package org.expmaster.host.workspace;

import static org.expmaster.plugin.model.WebhookRights.Right.NONE;

import java.util.LinkedHashMap;
import java.util.Map;
import org.expmaster.plugin.WebhookPermissions;
import org.expmaster.plugin.http.Caller;
import org.expmaster.plugin.model.WebhookRights;
import org.expmaster.plugin.model.WebhookRights.Right;
import org.expmaster.plugin.model.Workspace;

/**
 * The SPI's question who may view and edit webhooks: what a user may without roles, and what the
 * user's roles add.
 */
public record RolePermissions(WebhookPermissions withoutRoles, RoleStore roles)
    implements WebhookPermissions {

  @Override
  public WebhookRights of(Caller caller) {
    Map<Workspace, Right> rights = new LinkedHashMap<>();
    roles.of(caller.userId()).forEach((workspace, role) -> rights.put(workspace, role.webhooks));
    return withoutRoles.of(caller).and(new WebhookRights(NONE, NONE, rights));
  }
}

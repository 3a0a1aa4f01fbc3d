package org.expmaster.host.workspace;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.expmaster.plugin.model.Workspace;
import org.jdbi.v3.core.Jdbi;

/** The table of users' roles in workspaces. Thread-safe. */
public final class RoleStore {
  private final Jdbi jdbi;

  public RoleStore(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** A user's role in a workspace. */
  record Given(long userId, String username, Role role) {}

  /**
   * Gives a user this role in place of any other; returns false if there is no such workspace or
   * user.
   */
  boolean put(long workspaceId, long userId, Role role) {
    return jdbi.withHandle(
        handle ->
            handle
                    .createUpdate(
                        """
                        INSERT INTO workspace_roles (workspace_id, user_id, role)
                        SELECT w.id, u.id, CAST(:role AS TEXT) FROM workspaces w, users u
                        WHERE w.id = :workspace AND u.id = :user
                        ON CONFLICT (workspace_id, user_id) DO UPDATE SET role = excluded.role
                        """)
                    .bind("workspace", workspaceId)
                    .bind("user", userId)
                    .bind("role", role.name())
                    .execute()
                == 1);
  }

  /** Takes a user's role away; returns false if there was none. */
  boolean delete(long workspaceId, long userId) {
    return jdbi.withHandle(
        handle ->
            handle.execute(
                    "DELETE FROM workspace_roles WHERE workspace_id = ? AND user_id = ?",
                    workspaceId,
                    userId)
                == 1);
  }

  /** Returns the roles that users have in a workspace, ordered by the users' ids. */
  List<Given> in(long workspaceId) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT r.user_id, u.username, r.role
                    FROM workspace_roles r JOIN users u ON u.id = r.user_id
                    WHERE r.workspace_id = :workspace ORDER BY r.user_id
                    """)
                .bind("workspace", workspaceId)
                .map(
                    (row, context) ->
                        new Given(row.getLong(1), row.getString(2), Role.valueOf(row.getString(3))))
                .list());
  }

  /** Returns the workspaces in which a user has a role. */
  Map<Workspace, Role> of(long userId) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT w.id, w.name, w.owner_id, r.role
                    FROM workspace_roles r JOIN workspaces w ON w.id = r.workspace_id
                    WHERE r.user_id = :user
                    """)
                .bind("user", userId)
                .reduceRows(
                    new LinkedHashMap<>(),
                    (roles, row) -> {
                      roles.put(
                          new Workspace(
                              row.getColumn("id", Long.class),
                              row.getColumn("name", String.class),
                              row.getColumn("owner_id", Long.class)),
                          Role.valueOf(row.getColumn("role", String.class)));
                      return roles;
                    }));
  }
}

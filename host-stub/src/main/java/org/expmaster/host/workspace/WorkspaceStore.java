package org.expmaster.host.workspace;

import java.util.List;
import java.util.Optional;
import org.expmaster.plugin.model.Workspace;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;

/** The table of workspaces. Thread-safe. */
public final class WorkspaceStore {
  private static final RowMapper<Workspace> WORKSPACE =
      (row, context) -> new Workspace(row.getLong(1), row.getString(2), row.getLong(3));
  private static final RowMapper<Listed> LISTED =
      (row, context) ->
          new Listed(WORKSPACE.map(row, context), row.getString(4), row.getLong(5), row.getLong(6));
  private static final String SELECT =
      """
      SELECT w.id, w.name, w.owner_id, u.username,
        (SELECT COUNT(*) FROM projects p WHERE p.workspace_id = w.id),
        (SELECT COUNT(*) FROM experiments e JOIN projects p ON p.id = e.project_id
          WHERE p.workspace_id = w.id)
      FROM workspaces w JOIN users u ON u.id = w.owner_id
      """;

  private final Jdbi jdbi;

  public WorkspaceStore(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** A workspace as a list shows it. */
  record Listed(Workspace workspace, String ownerName, long projects, long experiments) {}

  /** Adds a workspace; returns empty and adds nothing if the name is taken. */
  Optional<Workspace> add(String name, long ownerId) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    INSERT INTO workspaces (name, owner_id) VALUES (:name, :owner)
                    ON CONFLICT (name) DO NOTHING
                    RETURNING id, name, owner_id
                    """)
                .bind("name", name)
                .bind("owner", ownerId)
                .map(WORKSPACE)
                .findOne());
  }

  public Optional<Workspace> find(long id) {
    return listed(id).map(Listed::workspace);
  }

  public List<Workspace> everyOne() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT id, name, owner_id FROM workspaces ORDER BY id")
                .map(WORKSPACE)
                .list());
  }

  Optional<Listed> listed(long id) {
    return jdbi.withHandle(
        handle ->
            handle.createQuery(SELECT + "WHERE w.id = :id").bind("id", id).map(LISTED).findOne());
  }

  List<Listed> all() {
    return jdbi.withHandle(
        handle -> handle.createQuery(SELECT + "ORDER BY w.id").map(LISTED).list());
  }
}

package org.expmaster.host.workspace;

import java.util.List;
import java.util.Optional;
import org.expmaster.host.db.Transactions;
import org.expmaster.plugin.model.Workspace;
import org.jdbi.v3.core.Handle;
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
  private final Transactions transactions;

  public WorkspaceStore(Jdbi jdbi) {
    this.jdbi = jdbi;
    this.transactions = new Transactions(jdbi);
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

  /** Deletes a workspace with all that is in it; returns false if an experiment has not ended. */
  boolean delete(long id) {
    return transactions.run(one -> delete(one.handle(), id));
  }

  private static boolean delete(Handle handle, long id) {
    int running =
        handle
            .createQuery(
                """
                SELECT COUNT(*) FROM experiments e JOIN projects p ON p.id = e.project_id
                WHERE p.workspace_id = :workspace AND e.end_time IS NULL
                """)
            .bind("workspace", id)
            .mapTo(Integer.class)
            .one();
    if (running > 0) {
      return false;
    }
    handle.execute(
        """
        DELETE FROM experiments
        WHERE project_id IN (SELECT id FROM projects WHERE workspace_id = ?)
        """,
        id);
    handle.execute("DELETE FROM tasks WHERE workspace_id = ?", id);
    handle.execute("DELETE FROM projects WHERE workspace_id = ?", id);
    handle.execute("DELETE FROM workspaces WHERE id = ?", id);
    return true;
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

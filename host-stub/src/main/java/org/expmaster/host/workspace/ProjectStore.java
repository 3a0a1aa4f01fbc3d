package org.expmaster.host.workspace;

import java.util.List;
import java.util.Optional;
import org.expmaster.host.db.Transactions;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;

/** The table of projects. Thread-safe. */
public final class ProjectStore {
  private static final RowMapper<Project> PROJECT =
      (row, context) ->
          new Project(
              row.getLong(1),
              row.getString(2),
              row.getLong(3),
              row.getString(4),
              row.getLong(5),
              row.getString(6));
  private static final String SELECT =
      """
      SELECT p.id, p.name, p.owner_id, u.username, w.id, w.name
      FROM projects p JOIN workspaces w ON w.id = p.workspace_id JOIN users u ON u.id = p.owner_id
      """;

  private final Jdbi jdbi;
  private final Transactions transactions;

  public ProjectStore(Jdbi jdbi) {
    this.jdbi = jdbi;
    this.transactions = new Transactions(jdbi);
  }

  /** Adds a project; returns empty and adds nothing if the workspace has one of this name. */
  Optional<Project> add(String name, long workspaceId, long ownerId) {
    return transactions.run(
        one ->
            one.handle()
                .createQuery(
                    """
                    INSERT INTO projects (name, workspace_id, owner_id)
                    VALUES (:name, :workspace, :owner)
                    ON CONFLICT (workspace_id, name) DO NOTHING
                    RETURNING id
                    """)
                .bind("name", name)
                .bind("workspace", workspaceId)
                .bind("owner", ownerId)
                .mapTo(Long.class)
                .findOne()
                .map(
                    id ->
                        byId(one.handle().createQuery(SELECT + "WHERE p.id = :id"), id)
                            .orElseThrow()));
  }

  public Optional<Project> find(long id) {
    return jdbi.withHandle(handle -> byId(handle.createQuery(SELECT + "WHERE p.id = :id"), id));
  }

  private static Optional<Project> byId(Query query, long id) {
    return query.bind("id", id).map(PROJECT).findOne();
  }

  /** Returns the project with this name in the workspace with that name. */
  public Optional<Project> find(String workspace, String project) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(SELECT + "WHERE w.name = :workspace AND p.name = :project")
                .bind("workspace", workspace)
                .bind("project", project)
                .map(PROJECT)
                .findOne());
  }

  List<Project> in(long workspaceId) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(SELECT + "WHERE w.id = :workspace ORDER BY p.id")
                .bind("workspace", workspaceId)
                .map(PROJECT)
                .list());
  }
}

package org.expmaster.host.experiment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.expmaster.host.http.Json;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.plugin.model.Ref;
import org.jdbi.v3.core.statement.StatementContext;

/** Maps database rows to experiments. */
final class ExperimentRow {
  /**
   * Scalar subqueries, not a join, because SQLite's RETURNING sees only the changed table: this
   * way, reading an experiment and changing it return the same columns.
   */
  static final String COLUMNS =
      """
      id, name, state, owner_id, start_time, end_time, resource_pool, slots, project_id,
      (SELECT p.name FROM projects p WHERE p.id = experiments.project_id),
      (SELECT p.workspace_id FROM projects p WHERE p.id = experiments.project_id),
      (SELECT w.name FROM projects p JOIN workspaces w ON w.id = p.workspace_id
        WHERE p.id = experiments.project_id),
      config,
      (SELECT u.username FROM users u WHERE u.id = experiments.owner_id)
      """;

  private ExperimentRow() {}

  static Experiment map(ResultSet row, StatementContext context) throws SQLException {
    long endTime = row.getLong(6);
    Optional<Instant> end =
        row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(endTime));
    return new Experiment(
        row.getLong(1),
        row.getString(2),
        ExperimentState.valueOf(row.getString(3)),
        new Ref(row.getLong(4), row.getString(14)),
        Instant.ofEpochMilli(row.getLong(5)),
        end,
        row.getString(7),
        row.getInt(8),
        new Ref(row.getLong(11), row.getString(12)),
        new Ref(row.getLong(9), row.getString(10)),
        Json.map(row.getString(13)));
  }
}

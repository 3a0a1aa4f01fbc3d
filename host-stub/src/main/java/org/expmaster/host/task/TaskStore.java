package org.expmaster.host.task;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.expmaster.plugin.model.Task;
import org.expmaster.plugin.model.TaskLogLine;
import org.expmaster.plugin.model.TrialMetric;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The tables of tasks, their logs and metrics. Thread-safe. */
public final class TaskStore {
  /** As in Determined, a trial's task id starts with its experiment's id: {@code 7.3f2a…}. */
  private static final Pattern OF_A_TRIAL = Pattern.compile("(\\d{1,18})\\..*", Pattern.DOTALL);

  private final Jdbi jdbi;

  public TaskStore(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Adds a task without an experiment; returns its id. */
  String add(String kind, long workspaceId) {
    String id = UUID.randomUUID().toString();
    jdbi.useHandle(
        handle ->
            handle.execute(
                "INSERT INTO tasks (id, type, workspace_id) VALUES (?, ?, ?)",
                id,
                kind.toUpperCase(Locale.ROOT),
                workspaceId));
    return id;
  }

  /**
   * Returns the task with this id: a trial's if its experiment exists, one that was {@link #add
   * added}, or else a command of no known workspace.
   */
  Task task(String id) {
    Matcher trial = OF_A_TRIAL.matcher(id);
    if (trial.matches()) {
      long experiment = Long.parseLong(trial.group(1));
      Optional<Long> workspace = workspaceOf(experiment);
      if (workspace.isPresent()) {
        OptionalLong number = OptionalLong.of(experiment);
        return new Task(id, "TRIAL", number, number, OptionalLong.of(workspace.get()));
      }
    }
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT type, workspace_id FROM tasks WHERE id = :id")
                .bind("id", id)
                .map(
                    (row, context) ->
                        new Task(
                            id,
                            row.getString(1),
                            OptionalLong.empty(),
                            OptionalLong.empty(),
                            OptionalLong.of(row.getLong(2))))
                .findOne()
                .orElseGet(
                    () -> new Task(id, "COMMAND", OptionalLong.empty(), OptionalLong.empty())));
  }

  /** Returns the experiment of a trial; it has only this trial, and the same id. */
  Optional<Long> experimentOf(long trialId) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT id FROM experiments WHERE id = :id")
                .bind("id", trialId)
                .mapTo(Long.class)
                .findOne());
  }

  /** Returns whether a trial's experiment is on its way: neither paused nor ended. */
  boolean runs(long trialId) {
    return jdbi.withHandle(
        handle ->
            handle
                    .createQuery(
                        """
                    SELECT COUNT(*) FROM experiments
                    WHERE id = :id AND state <> 'PAUSED' AND end_time IS NULL
                    """)
                    .bind("id", trialId)
                    .mapTo(Integer.class)
                    .one()
                > 0);
  }

  private Optional<Long> workspaceOf(long experimentId) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT p.workspace_id FROM experiments e JOIN projects p ON p.id = e.project_id
                    WHERE e.id = :id
                    """)
                .bind("id", experimentId)
                .mapTo(Long.class)
                .findOne());
  }

  static void addLines(Handle handle, List<TaskLogLine> lines) {
    try (PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO task_logs (task_id, agent_id, log, logged_at)
            VALUES (:task, :agent, :log, :at)
            """)) {
      for (TaskLogLine line : lines) {
        batch
            .bind("task", line.task().id())
            .bind("agent", line.node())
            .bind("log", line.text())
            .bind("at", line.at().toEpochMilli())
            .add();
      }
      batch.execute();
    }
  }

  /** A stored log line. */
  record Logged(long id, String agent, String log, Instant at) {}

  /** A number of lines: the first, or the last in reverse order. */
  record Part(int limit, boolean last) {
    private String order() {
      return "ORDER BY id " + (last ? "DESC " : "") + "LIMIT :limit";
    }
  }

  List<Logged> lines(String taskId, Part part) {
    return lines("WHERE task_id = :task ", taskId, part);
  }

  List<Logged> linesOfTrial(long trialId, Part part) {
    return lines(
        """
        WHERE task_id = (SELECT CAST(id AS TEXT) || '.' || job_id FROM experiments
          WHERE id = CAST(:task AS BIGINT))
        """,
        "" + trialId,
        part);
  }

  private List<Logged> lines(String which, String task, Part part) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT id, agent_id, log, logged_at FROM task_logs " + which + part.order())
                .bind("task", task)
                .bind("limit", part.limit())
                .map((row, context) -> logged(row))
                .list());
  }

  private static Logged logged(ResultSet row) throws SQLException {
    return new Logged(
        row.getLong(1), row.getString(2), row.getString(3), Instant.ofEpochMilli(row.getLong(4)));
  }

  static void addMetrics(Handle handle, List<TrialMetric> metrics) {
    try (PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO trial_metrics (trial_id, name, value, steps, reported_at)
            VALUES (:trial, :name, :value, :steps, :at)
            """)) {
      for (TrialMetric metric : metrics) {
        batch
            .bind("trial", metric.trialId())
            .bind("name", metric.name())
            // SQLite cannot store NaN
            .bind("value", Double.isNaN(metric.value()) ? null : metric.value())
            .bind("steps", metric.steps())
            .bind("at", metric.at().toEpochMilli())
            .add();
      }
      batch.execute();
    }
  }
}

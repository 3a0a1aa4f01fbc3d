package org.expmaster.host.experiment;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.expmaster.host.db.Transactions;
import org.expmaster.host.http.Json;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.ExperimentEnd;
import org.expmaster.plugin.model.ExperimentState;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The table of experiments, except for changes of their states. Thread-safe. */
public final class ExperimentStore {
  static final String ENDS =
      """
      SELECT id, state, end_time FROM experiments
      WHERE end_time IS NOT NULL AND (end_time, id) > (:at, :afterId)
      ORDER BY end_time, id LIMIT :limit
      """;

  private final Jdbi jdbi;
  private final Transactions transactions;

  public ExperimentStore(Jdbi jdbi) {
    this.jdbi = jdbi;
    this.transactions = new Transactions(jdbi);
  }

  /** An experiment with the columns that only the REST API shows. */
  record Listed(Experiment experiment, String original, String jobId) {}

  long add(ExperimentSpec spec, long projectId, long ownerId, ExperimentState state, Instant now) {
    return transactions.run(
        one ->
            one.handle()
                .createQuery(
                    """
                    INSERT INTO experiments (name, state, owner_id, project_id, start_time,
                      resource_pool, slots, config, original_config, job_id)
                    VALUES (:name, :state, :owner, :project, :start, :pool, :slots, :config, :text,
                      :job)
                    RETURNING id
                    """)
                .bind("name", spec.name())
                .bind("state", state.name())
                .bind("owner", ownerId)
                .bind("project", projectId)
                .bind("start", now.toEpochMilli())
                .bind("pool", spec.resourcePool())
                .bind("slots", spec.slots())
                .bind("config", Json.text(spec.config()))
                .bind("text", spec.text())
                .bind("job", UUID.randomUUID().toString())
                .mapTo(Long.class)
                .one());
  }

  public Optional<Experiment> find(long id) {
    return jdbi.withHandle(handle -> find(handle, id));
  }

  /** Returns the experiment as the handle's transaction sees it; empty if there is none. */
  public static Optional<Experiment> find(Handle handle, long id) {
    return handle
        .createQuery("SELECT " + ExperimentRow.COLUMNS + " FROM experiments WHERE id = :id")
        .bind("id", id)
        .map(ExperimentRow::map)
        .findOne();
  }

  List<Experiment> find(Collection<Long> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT " + ExperimentRow.COLUMNS + " FROM experiments WHERE id IN (<ids>)")
                .bindList("ids", List.copyOf(ids))
                .map(ExperimentRow::map)
                .list());
  }

  /** Returns ends in order of time and experiment id, from {@code at} and {@code afterId} on. */
  List<ExperimentEnd> ends(Instant at, long afterId, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(ENDS)
                .bind("at", at.toEpochMilli())
                .bind("afterId", afterId)
                .bind("limit", limit)
                .map(
                    (row, context) ->
                        new ExperimentEnd(
                            row.getLong(1),
                            ExperimentState.valueOf(row.getString(2)),
                            Instant.ofEpochMilli(row.getLong(3))))
                .list());
  }

  Optional<Listed> listed(long id) {
    return listed("WHERE id = :first", id, 0).stream().findFirst();
  }

  /** Returns a page of experiments, of a project or of all, the newest first. */
  List<Listed> page(OptionalLong project, int limit, int offset) {
    return listed(of(project) + "ORDER BY id DESC LIMIT :first OFFSET :second", limit, offset);
  }

  private static String of(OptionalLong project) {
    return project.isPresent() ? "WHERE project_id = " + project.getAsLong() + " " : "";
  }

  void move(long id, long projectId) {
    jdbi.useHandle(
        handle ->
            handle.execute("UPDATE experiments SET project_id = ? WHERE id = ?", projectId, id));
  }

  private List<Listed> listed(String which, long first, long second) {
    return transactions.run(
        one ->
            one.handle()
                .createQuery(
                    "SELECT "
                        + ExperimentRow.COLUMNS
                        + """
                        , original_config, job_id
                        FROM experiments
                        """
                        + which)
                .bind("first", first)
                .bind("second", second)
                .map(
                    (row, context) ->
                        new Listed(
                            ExperimentRow.map(row, context), row.getString(15), row.getString(16)))
                .list());
  }

  int count(OptionalLong project) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT COUNT(*) FROM experiments " + of(project))
                .mapTo(Integer.class)
                .one());
  }

  /** Returns the experiments that have not ended, in order of creation. */
  List<Long> unfinished() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT id FROM experiments WHERE end_time IS NULL ORDER BY id")
                .mapTo(Long.class)
                .list());
  }
}

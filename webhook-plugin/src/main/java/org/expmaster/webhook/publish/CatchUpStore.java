package org.expmaster.webhook.publish;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.expmaster.plugin.model.ExperimentEnd;
import org.expmaster.webhook.db.Database;

/** Stores which ends have been looked at, for all masters of a database. */
public final class CatchUpStore {
  /** The longest that a transaction of the master may take from an event's row to its commit. */
  static final Duration LATE = Duration.ofMinutes(5);

  /** The least time for which ends are remembered, by the masters' clocks. */
  private static final Duration REMEMBERED = Duration.ofMinutes(2);

  private final Database database;
  private final int mostRemembered;

  /**
   * @param mostRemembered how many ends are remembered; more if they came within two minutes
   */
  public CatchUpStore(Database database, int mostRemembered) {
    this.database = database;
    this.mostRemembered = mostRemembered;
  }

  /**
   * How far the masters have looked.
   *
   * @param version raised by every step
   * @param readsFrom the earliest end that is still looked at, by the masters' clocks
   * @param lookedAt when the last whole look began, by the common time
   */
  record Mark(long version, Instant readsFrom, Instant lookedAt) {
    Mark next() {
      return new Mark(version + 1, readsFrom, lookedAt);
    }

    Mark from(Instant later) {
      return new Mark(version, later, lookedAt);
    }

    /** Returns the time since which the events must have been written of ends not looked at. */
    Instant traces() {
      return lookedAt.minus(LATE);
    }
  }

  /** Starts at this moment, unless a master of this database has started before. */
  void begin(Instant masters, Instant common) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    INSERT INTO webhooks_catch_up (id, version, reads_from, looked_at)
                    VALUES (1, 1, ?, ?) ON CONFLICT (id) DO NOTHING
                    """,
                    masters.toEpochMilli(),
                    common.toEpochMilli()));
  }

  /** Returns the mark, or empty if no master has started to look. */
  Optional<Mark> mark() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT version, reads_from, looked_at FROM webhooks_catch_up")
                    .map(
                        (row, context) ->
                            new Mark(
                                row.getLong(1),
                                Instant.ofEpochMilli(row.getLong(2)),
                                Instant.ofEpochMilli(row.getLong(3))))
                    .findOne());
  }

  /** Returns those ends of a page that have not been looked at. */
  List<ExperimentEnd> unseen(List<ExperimentEnd> page) {
    if (page.isEmpty()) {
      return List.of();
    }
    record Seen(long at, long experimentId) {}
    Set<Seen> seen =
        new HashSet<>(
            database
                .jdbi()
                .withHandle(
                    handle ->
                        handle
                            .createQuery(
                                """
                                SELECT at, experiment_id FROM webhooks_seen_end
                                WHERE at >= :first AND at <= :last
                                """)
                            .bind("first", page.get(0).at().toEpochMilli())
                            .bind("last", page.get(page.size() - 1).at().toEpochMilli())
                            .map((row, context) -> new Seen(row.getLong(1), row.getLong(2)))
                            .list()));
    return page.stream()
        .filter(end -> !seen.contains(new Seen(end.at().toEpochMilli(), end.experimentId())))
        .toList();
  }

  /** Locks the mark and raises its version; returns false if another master has. */
  static boolean step(Connection connection, Mark mark) throws SQLException {
    try (PreparedStatement step =
        connection.prepareStatement(
            "UPDATE webhooks_catch_up SET version = version + 1 WHERE version = ?")) {
      step.setLong(1, mark.version());
      return step.executeUpdate() == 1;
    }
  }

  /** Records, in the caller's transaction, that these ends have been looked at. */
  static void remember(Connection connection, List<ExperimentEnd> ends) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO webhooks_seen_end (at, experiment_id) VALUES (?, ?)
            ON CONFLICT (at, experiment_id) DO NOTHING""")) {
      for (ExperimentEnd end : ends) {
        insert.setLong(1, end.at().toEpochMilli());
        insert.setLong(2, end.experimentId());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /**
   * Ends a whole look, unless another master has looked meanwhile, and forgets old ends. No end
   * before the oldest that is remembered is looked at again: it might be told twice.
   *
   * @param began when the look began, by the common time
   * @param now by the masters' clocks
   */
  void finish(Mark mark, Instant began, Instant now) throws SQLException {
    long oldest =
        oldestRemembered()
            .map(at -> Math.min(at, now.minus(REMEMBERED).toEpochMilli()))
            .map(at -> Math.max(at, mark.readsFrom().toEpochMilli()))
            .orElse(mark.readsFrom().toEpochMilli());
    database.inTransaction(
        connection -> {
          if (step(connection, mark)) {
            update(
                connection,
                "UPDATE webhooks_catch_up SET looked_at = ?, reads_from = ?",
                began.toEpochMilli(),
                oldest);
            update(connection, "DELETE FROM webhooks_seen_end WHERE at < ?", oldest);
          }
          return null;
        });
  }

  /** Returns the time of the oldest end to remember; empty if there is room for all. */
  private Optional<Long> oldestRemembered() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT at FROM webhooks_seen_end
                        ORDER BY at DESC, experiment_id DESC LIMIT 1 OFFSET :most
                        """)
                    .bind("most", mostRemembered)
                    .mapTo(Long.class)
                    .findOne());
  }

  private static void update(Connection connection, String sql, long... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setLong(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }
}

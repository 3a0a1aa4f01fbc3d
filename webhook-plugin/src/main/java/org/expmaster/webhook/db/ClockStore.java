package org.expmaster.webhook.db;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Stores the common time of all masters of a database, in a single row. */
final class ClockStore {
  private static final String READ =
      """
      SELECT {wall}, shared.at, shared.wall, shared.beat
      FROM (SELECT 1 AS id) AS one LEFT JOIN webhooks_clock AS shared ON shared.id = one.id
      """;

  private static final String WRITE =
      """
      INSERT INTO webhooks_clock (id, at, wall, beat) VALUES (1, ?, {wall}, 1)
      ON CONFLICT (id) DO UPDATE SET
        at = CASE WHEN excluded.at > webhooks_clock.at THEN excluded.at ELSE webhooks_clock.at END,
        wall = excluded.wall,
        beat = webhooks_clock.beat + 1
      """;

  private final Database database;
  private final Clock master;

  /**
   * @param master the master's clock, used as the wall clock if the database has none
   */
  ClockStore(Database database, Clock master) {
    this.database = database;
    this.master = master;
  }

  /**
   * The common time as a master last wrote it.
   *
   * @param at the common time when it was written
   * @param wall the time of the wall clock then
   * @param beat incremented by every write
   */
  record Shared(Instant at, Instant wall, long beat) {}

  /**
   * The result of a read.
   *
   * @param now the time of the wall clock: the database's own, because the clocks of its masters
   *     may differ; with SQLite, the clock of the only master
   */
  record Reading(Instant now, Optional<Shared> shared) {}

  /** Returns whether several masters may use the database. */
  boolean isShared() {
    return database.dialect().isShared();
  }

  Reading read() {
    return database
        .jdbi()
        .withHandle(
            handle -> handle.createQuery(withWall(READ)).map((row, context) -> reading(row)).one());
  }

  private static Reading reading(ResultSet row) throws SQLException {
    long at = row.getLong(2);
    Optional<Shared> shared =
        row.wasNull()
            ? Optional.empty()
            : Optional.of(
                new Shared(
                    Instant.ofEpochMilli(at),
                    Instant.ofEpochMilli(row.getLong(3)),
                    row.getLong(4)));
    return new Reading(Instant.ofEpochMilli(row.getLong(1)), shared);
  }

  /** Writes the common time. It never goes back: if a later one is stored, that one stays. */
  void write(Instant at) {
    try {
      database.inForgettableTransaction(
          connection -> {
            try (PreparedStatement write = connection.prepareStatement(withWall(WRITE))) {
              write.setLong(1, at.toEpochMilli());
              return write.executeUpdate();
            }
          });
    } catch (SQLException failed) {
      throw new IllegalStateException("the common time could not be written", failed);
    }
  }

  private String withWall(String sql) {
    return sql.replace("{wall}", database.dialect().wallMillis(master));
  }
}

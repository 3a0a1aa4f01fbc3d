package org.expmaster.webhook.health;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.health.CutShorts.Key;

/** The table of triggers whose expressions were cut short. */
final class CutShortStore {
  private static final String ADD =
      """
      INSERT INTO webhooks_cut_short (webhook_id, trigger_id, times, last_at)
      VALUES (?, ?, ?, ?)
      ON CONFLICT (webhook_id, trigger_id) DO UPDATE SET
        times = webhooks_cut_short.times + excluded.times,
        last_at = CASE WHEN excluded.last_at >= webhooks_cut_short.last_at
          THEN excluded.last_at ELSE webhooks_cut_short.last_at END
      """;

  private static final String OF_WEBHOOKS =
      """
      SELECT trigger_id, times, last_at FROM webhooks_cut_short
      WHERE webhook_id BETWEEN :first AND :last
      """;

  private static final String FORGET_GONE =
      "DELETE FROM webhooks_cut_short WHERE trigger_id NOT IN (SELECT id FROM webhooks_trigger)";

  private final Database database;

  CutShortStore(Database database) {
    this.database = database;
  }

  void add(Map<Key, CutShort> counts) {
    try {
      database.inForgettableTransaction(
          connection -> {
            try (PreparedStatement add = connection.prepareStatement(ADD)) {
              for (Map.Entry<Key, CutShort> entry : counts.entrySet()) {
                add.setLong(1, entry.getKey().webhookId());
                add.setLong(2, entry.getKey().triggerId());
                add.setLong(3, entry.getValue().times());
                add.setLong(4, entry.getValue().lastAt().toEpochMilli());
                add.addBatch();
              }
              return add.executeBatch();
            }
          });
    } catch (SQLException failed) {
      throw new IllegalStateException("what was cut short could not be written", failed);
    }
  }

  Map<Long, CutShort> ofWebhooks(long firstId, long lastId) {
    Map<Long, CutShort> found = new HashMap<>();
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createQuery(OF_WEBHOOKS)
                    .bind("first", firstId)
                    .bind("last", lastId)
                    .map(
                        (row, context) ->
                            found.put(
                                row.getLong(1),
                                new CutShort(row.getLong(2), Instant.ofEpochMilli(row.getLong(3)))))
                    .list());
    return found;
  }

  void forgetGone() {
    database.jdbi().useHandle(handle -> handle.execute(FORGET_GONE));
  }
}

package org.expmaster.webhook.health;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.health.Tally.Count;
import org.expmaster.webhook.health.Tally.Key;
import org.jdbi.v3.core.statement.Query;

/** The table of counted attempts. */
final class TallyStore {
  private static final String ADD =
      """
      INSERT INTO webhooks_tally (webhook_id, hour, delivered, failed, last_at, last_ending)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (webhook_id, hour) DO UPDATE SET
        delivered = webhooks_tally.delivered + excluded.delivered,
        failed = webhooks_tally.failed + excluded.failed,
        last_ending = CASE WHEN excluded.last_at >= webhooks_tally.last_at
          THEN excluded.last_ending ELSE webhooks_tally.last_ending END,
        last_at = CASE WHEN excluded.last_at >= webhooks_tally.last_at
          THEN excluded.last_at ELSE webhooks_tally.last_at END
      """;

  private static final String COUNTS =
      "SELECT webhook_id, hour, delivered, failed, last_at, last_ending FROM webhooks_tally ";

  private static final String IN_ORDER = " ORDER BY webhook_id, hour";

  /** Keeps each webhook's newest hour, because it contains the last attempt. */
  private static final String FORGET =
      """
      DELETE FROM webhooks_tally
      WHERE hour < :before AND EXISTS (
        SELECT 1 FROM webhooks_tally newer
        WHERE newer.webhook_id = webhooks_tally.webhook_id AND newer.hour > webhooks_tally.hour)
      """;

  private static final String FORGET_DELETED =
      "DELETE FROM webhooks_tally WHERE webhook_id NOT IN (SELECT id FROM webhooks_webhook)";

  private final Database database;

  TallyStore(Database database) {
    this.database = database;
  }

  void add(Map<Key, Count> counts) {
    try {
      database.inForgettableTransaction(
          connection -> {
            try (PreparedStatement add = connection.prepareStatement(ADD)) {
              for (Map.Entry<Key, Count> entry : counts.entrySet()) {
                bind(add, entry.getKey(), entry.getValue());
                add.addBatch();
              }
              return add.executeBatch();
            }
          });
    } catch (SQLException failed) {
      throw new IllegalStateException("counts could not be written", failed);
    }
  }

  private static void bind(PreparedStatement add, Key key, Count count) throws SQLException {
    add.setLong(1, key.webhookId());
    add.setLong(2, key.hour());
    add.setLong(3, count.delivered());
    add.setLong(4, count.failed());
    add.setLong(5, count.last().at().toEpochMilli());
    add.setString(6, count.last().ending().name());
  }

  /**
   * @param present the start of the current hour
   */
  Map<Long, LastDay> lastDays(long present) {
    return database
        .jdbi()
        .withHandle(handle -> lastDays(handle.createQuery(COUNTS + IN_ORDER), present));
  }

  Map<Long, LastDay> lastDays(Collection<Long> webhookIds, long present) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                lastDays(
                    handle
                        .createQuery(COUNTS + "WHERE webhook_id IN (<ids>)" + IN_ORDER)
                        .bindList("ids", webhookIds),
                    present));
  }

  private static Map<Long, LastDay> lastDays(Query counts, long present) {
    Map<Long, List<Map.Entry<Long, Count>>> hours = new LinkedHashMap<>();
    counts
        .map(
            (row, context) ->
                hours
                    .computeIfAbsent(row.getLong(1), none -> new ArrayList<>())
                    .add(new SimpleEntry<>(row.getLong(2), count(row))))
        .list();
    Map<Long, LastDay> days = new LinkedHashMap<>();
    hours.forEach((webhookId, found) -> days.put(webhookId, Tally.lastDay(found, present)));
    return days;
  }

  private static Count count(ResultSet row) throws SQLException {
    return new Count(
        row.getLong(3),
        row.getLong(4),
        new LastDay.Last(Instant.ofEpochMilli(row.getLong(5)), Ending.valueOf(row.getString(6))));
  }

  void forgetBefore(long hour) {
    database
        .jdbi()
        .useTransaction(
            handle -> {
              handle.createUpdate(FORGET).bind("before", hour).execute();
              handle.execute(FORGET_DELETED);
            });
  }
}

package org.expmaster.webhook.outbox;

import java.time.Instant;
import java.util.AbstractMap.SimpleEntry;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.expmaster.webhook.db.Database;

/** Measures what waits in the outbox, at a cost that does not grow with the backlog. */
public final class Backlog {
  /** The most deliveries that are counted. */
  public static final int MOST = 100_000;

  private static final String COUNT =
      "SELECT count(*) FROM (SELECT 1 FROM webhooks_outbox LIMIT " + MOST + ") AS counted";

  private static final String OLDEST =
      """
      SELECT min(oldest) FROM (
        SELECT (SELECT min(created_at) FROM webhooks_outbox WHERE webhook_id = webhook.id) AS oldest
        FROM webhooks_webhook AS webhook) AS each_webhook
      """;

  private static final String OVERDUE =
      """
      SELECT id, due FROM (
        SELECT webhook.id, (
          SELECT due_at FROM webhooks_outbox
          WHERE webhook_id = webhook.id AND due_at <= :now AND leased_until <= :now
          ORDER BY due_at LIMIT 1) AS due
        FROM webhooks_webhook AS webhook) AS each_webhook
      WHERE due IS NOT NULL
      """;

  private static final String UNDER_WAY =
      """
      SELECT count(*) FROM (
        SELECT leased_until FROM webhooks_outbox
        WHERE webhook_id = :webhookId AND due_at <= :now
        ORDER BY due_at, id LIMIT 1000) AS oldest
      WHERE leased_until > :now
      """;

  private final Database database;

  /** Measures the outbox of this database. */
  public Backlog(Database database) {
    this.database = database;
  }

  /** Returns the number of deliveries that have not ended, at most {@link #MOST}. */
  public int count() {
    return database.jdbi().withHandle(handle -> handle.createQuery(COUNT).mapTo(int.class).one());
  }

  /** Returns when the oldest of these was written; empty if there is none. */
  public Optional<Instant> oldest() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                Optional.ofNullable(handle.createQuery(OLDEST).mapTo(Long.class).one())
                    .map(Instant::ofEpochMilli));
  }

  /** Returns whether a master has a claim on one of a webhook's thousand oldest due deliveries. */
  public boolean isUnderWay(long webhookId, Instant now) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                        .createQuery(UNDER_WAY)
                        .bind("webhookId", webhookId)
                        .bind("now", now.toEpochMilli())
                        .mapTo(int.class)
                        .one()
                    > 0);
  }

  /**
   * Returns the webhooks with due deliveries that nobody has claimed, and since when the first of
   * each is due.
   */
  public Map<Long, Instant> overdue(Instant now) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(OVERDUE)
                    .bind("now", now.toEpochMilli())
                    .map(
                        (row, context) ->
                            new SimpleEntry<>(row.getLong(1), Instant.ofEpochMilli(row.getLong(2))))
                    .stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }
}

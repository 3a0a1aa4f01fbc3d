package org.expmaster.webhook.outbox;

import java.time.Instant;
import java.util.List;
import org.expmaster.webhook.db.Database;

/** Reads which events have been written lately, the newest first. */
public final class EventTrace {
  /** Events per query: between queries, others can use the connection. */
  private static final int PAGE = 2_000;

  private final Database database;

  public EventTrace(Database database) {
    this.database = database;
  }

  /** Is told of each event. */
  @FunctionalInterface
  public interface Visitor {
    void see(long experimentId, String eventType);
  }

  private record Row(long id, long created, long experimentId, String eventType) {}

  /**
   * Visits all events written since a time.
   *
   * @param since by the outbox's clock; must leave room for a row that got its id a little later
   *     than its time
   */
  public void visit(Instant since, Visitor visitor) {
    long before = Long.MAX_VALUE;
    List<Row> page;
    boolean more;
    do {
      page = page(before);
      List<Row> recent = page.stream().filter(row -> isSince(row, since)).toList();
      recent.forEach(row -> visitor.see(row.experimentId(), row.eventType()));
      more = page.size() == PAGE && !recent.isEmpty();
      before = page.isEmpty() ? 0 : page.get(page.size() - 1).id();
    } while (more);
  }

  private static boolean isSince(Row row, Instant since) {
    return row.created() >= since.toEpochMilli();
  }

  private List<Row> page(long before) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT id, created_at, experiment_id, event_type FROM webhooks_event
                        WHERE id < :before ORDER BY id DESC LIMIT :limit
                        """)
                    .bind("before", before)
                    .bind("limit", PAGE)
                    .map(
                        (row, context) ->
                            new Row(
                                row.getLong(1), row.getLong(2), row.getLong(3), row.getString(4)))
                    .list());
  }
}

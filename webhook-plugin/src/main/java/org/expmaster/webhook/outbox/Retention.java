package org.expmaster.webhook.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.db.KeyWalk;
import org.expmaster.webhook.outbox.Forgetting.Ended;

/**
 * Forgets deliveries that ended long ago, in small batches that nobody has to wait for. It looks at
 * the oldest of a webhook and a state, and no further than what could be old enough; where much of
 * that has ended lately all the same, it goes on the next time where it stopped.
 */
public final class Retention {
  /** How many batches in which nothing was old enough are looked at in one go. */
  private static final int PATIENCE = 4;

  private final Database database;
  private final Clock clock;
  private final Map<DeliveryState, Duration> keep;
  private final Map<Range, Position> resume = new HashMap<>();

  /**
   * @param keepDelivered how long what arrived is kept
   * @param keepDead how long dead letters are kept
   */
  public Retention(Database database, Clock clock, Duration keepDelivered, Duration keepDead) {
    this.database = database;
    this.clock = clock;
    this.keep = Map.of(DeliveryState.DELIVERED, keepDelivered, DeliveryState.DEAD, keepDead);
  }

  private record Range(long webhookId, DeliveryState state) {}

  /** Forgets what is old enough now. From one thread. */
  public void purge() {
    for (long webhookId : KeyWalk.first(database, "webhooks_history", "webhook_id")) {
      keep.keySet().forEach(state -> purge(new Range(webhookId, state)));
    }
  }

  private void purge(Range range) {
    Instant old = clock.instant().minus(keep.get(range.state()));
    Position start = Position.before(Instant.EPOCH);
    Position after = resume.getOrDefault(range, start);
    resume.remove(range);
    int inVain = 0;
    List<Ended> page;
    do {
      page = page(range, old, after);
      List<Ended> ended = page.stream().filter(row -> row.endedAt() < old.toEpochMilli()).toList();
      if (!ended.isEmpty()) {
        database.jdbi().inTransaction(handle -> Forgetting.ended(handle, ended));
      } else if (++inVain == PATIENCE && page.size() == Forgetting.BATCH) {
        resume.put(range, page.get(page.size() - 1).position());
        return;
      }
      after = page.isEmpty() ? after : page.get(page.size() - 1).position();
    } while (page.size() == Forgetting.BATCH);
  }

  private List<Ended> page(Range range, Instant old, Position after) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT webhook_id, state, created_at, id, ended_at
                        FROM webhooks_history
                        WHERE webhook_id = :webhookId AND state = :state AND created_at < :old
                          AND (created_at, id) > (:afterCreated, :afterId)
                        ORDER BY created_at, id LIMIT :limit
                        """)
                    .bind("webhookId", range.webhookId())
                    .bind("state", range.state().name())
                    .bind("old", old.toEpochMilli())
                    .bind("afterCreated", after.created().toEpochMilli())
                    .bind("afterId", after.id())
                    .bind("limit", Forgetting.BATCH)
                    .map(
                        (row, context) ->
                            new Ended(
                                row.getLong(1),
                                row.getString(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5)))
                    .list());
  }
}

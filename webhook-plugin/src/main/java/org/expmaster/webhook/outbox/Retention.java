package org.expmaster.webhook.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.db.KeyWalk;
import org.expmaster.webhook.outbox.Forgetting.Ended;

/**
 * Deletes deliveries that ended long ago, in small batches, so that others do not wait. For each
 * webhook and state, it reads the oldest first, and none created too recently to be old enough. If
 * many of them nevertheless ended lately, it stops there and continues the next time.
 */
public final class Retention {
  /** The number of batches with nothing to delete after which a range waits for the next run. */
  private static final int PATIENCE = 4;

  private final Database database;
  private final Clock clock;
  private final Map<DeliveryState, Duration> keep;
  private final Supplier<Optional<Instant>> needed;
  private final Map<Range, Position> resume = new HashMap<>();

  /**
   * @param keepDelivered how long delivered ones are kept
   * @param keepDead how long dead letters are kept
   * @param needed supplies the time since which all are needed, if any are
   */
  public Retention(
      Database database,
      Clock clock,
      Duration keepDelivered,
      Duration keepDead,
      Supplier<Optional<Instant>> needed) {
    this.database = database;
    this.clock = clock;
    this.keep = Map.of(DeliveryState.DELIVERED, keepDelivered, DeliveryState.DEAD, keepDead);
    this.needed = needed;
  }

  private record Range(long webhookId, DeliveryState state) {}

  /** Deletes what is old enough now. Not thread-safe. */
  public void purge() {
    Instant since = needed.get().orElse(Instant.MAX);
    for (long webhookId : KeyWalk.first(database, "webhooks_history", "webhook_id")) {
      keep.keySet().forEach(state -> purge(new Range(webhookId, state), since));
    }
  }

  private void purge(Range range, Instant since) {
    Instant ended = clock.instant().minus(keep.get(range.state()));
    Instant old = ended.isBefore(since) ? ended : since;
    Position start = Position.before(Instant.EPOCH);
    Position after = resume.getOrDefault(range, start);
    resume.remove(range);
    int inVain = 0;
    List<Ended> page;
    do {
      page = page(range, old, after);
      List<Ended> gone = page.stream().filter(row -> row.endedAt() < old.toEpochMilli()).toList();
      if (!gone.isEmpty()) {
        database.jdbi().inTransaction(handle -> Forgetting.ended(handle, gone));
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

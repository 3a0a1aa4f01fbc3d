package org.expmaster.webhook.rest;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.outbox.Attempt;
import org.expmaster.webhook.outbox.Capacity;
import org.expmaster.webhook.outbox.ClaimedDelivery;
import org.expmaster.webhook.outbox.HeldBodies;
import org.expmaster.webhook.outbox.NewDelivery;
import org.expmaster.webhook.outbox.Outbox;
import org.expmaster.webhook.outbox.Result;

/** Makes deliveries that have been given up. */
final class DeadLetters {
  private DeadLetters() {}

  static void add(Database database, Clock clock, long webhookId) throws SQLException {
    Outbox outbox = new Outbox(database, clock);
    Attempt failed =
        new Attempt(
            clock.instant(), OptionalInt.of(500), "failed", Duration.ZERO, Optional.empty());
    NewDelivery delivery =
        new NewDelivery(webhookId, "e", "experiment_error", 1, "application/json", new byte[0]);
    database.inTransaction(
        connection -> {
          outbox.add(connection, List.of(delivery));
          List<ClaimedDelivery> claimed =
              outbox
                  .claim(
                      connection,
                      List.of(new Capacity(webhookId, 1)),
                      Duration.ofMinutes(1),
                      HeldBodies.inThisHeap())
                  .deliveries();
          outbox.record(connection, List.of(new Result.Dead(claimed.get(0), failed)));
          return claimed;
        });
  }
}

package org.expmaster.webhook.outbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Forgets deliveries with all that belongs to them: their attempts, and the event with the last
 * delivery of it. Only what is still there when its row is deleted counts: several may forget at
 * once.
 */
final class Forgetting {
  /** How many deliveries one transaction forgets: as many as nobody minds waiting for. */
  static final int BATCH = 500;

  private Forgetting() {}

  /** The row of a delivery that has ended, as it was read. */
  record Ended(long webhookId, String state, long created, long id, long endedAt) {
    Position position() {
      return new Position(Instant.ofEpochMilli(created), id);
    }
  }

  /** The row of a delivery that waits. */
  record Waiting(long webhookId, long created, long id) {}

  /** In a transaction that is the caller's to commit. */
  static int ended(Handle handle, List<Ended> rows) {
    if (rows.isEmpty()) {
      return 0;
    }
    try (PreparedBatch history =
        handle.prepareBatch(
            """
            DELETE FROM webhooks_history
            WHERE webhook_id = ? AND state = ? AND created_at = ? AND id = ? AND ended_at = ?
            """)) {
      rows.forEach(
          row -> history.add(row.webhookId(), row.state(), row.created(), row.id(), row.endedAt()));
      int[] counts = history.execute();
      List<Waiting> gone = new ArrayList<>();
      for (int i = 0; i < counts.length; i++) {
        if (counts[i] > 0) {
          Ended row = rows.get(i);
          gone.add(new Waiting(row.webhookId(), row.created(), row.id()));
        }
      }
      rest(handle, gone);
      return gone.size();
    }
  }

  /** In a transaction that is the caller's to commit. */
  static int waiting(Handle handle, List<Waiting> rows) {
    if (rows.isEmpty()) {
      return 0;
    }
    try (PreparedBatch outbox =
        handle.prepareBatch(
            "DELETE FROM webhooks_outbox WHERE webhook_id = ? AND created_at = ? AND id = ?")) {
      rows.forEach(row -> outbox.add(row.webhookId(), row.created(), row.id()));
      int[] counts = outbox.execute();
      List<Waiting> gone = new ArrayList<>();
      for (int i = 0; i < counts.length; i++) {
        if (counts[i] > 0) {
          gone.add(rows.get(i));
        }
      }
      rest(handle, gone);
      return gone.size();
    }
  }

  private static void rest(Handle handle, List<Waiting> gone) {
    if (gone.isEmpty()) {
      return;
    }
    // in one order everywhere, or two masters could wait for one another
    List<Waiting> ordered = gone.stream().sorted(Comparator.comparingLong(Waiting::id)).toList();
    try (PreparedBatch attempts =
            handle.prepareBatch(
                "DELETE FROM webhooks_attempt WHERE webhook_id = ? AND delivery_id = ?");
        PreparedBatch uses =
            handle.prepareBatch("UPDATE webhooks_event SET uses = uses - 1 WHERE id = ?");
        // afterwards: of two who count down at once, the second one sees both
        PreparedBatch events =
            handle.prepareBatch("DELETE FROM webhooks_event WHERE id = ? AND uses <= 0")) {
      for (Waiting row : ordered) {
        attempts.add(row.webhookId(), row.id());
        uses.add(row.id());
        events.add(row.id());
      }
      attempts.execute();
      uses.execute();
      events.execute();
    }
  }
}

package org.expmaster.webhook.outbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Deletes deliveries together with their attempts, and an event together with its last delivery.
 * Several transactions may do this at once: a delivery counts only where its row still existed.
 */
final class Forgetting {
  /** Deliveries per transaction: few enough that others do not wait long for it. */
  static final int BATCH = 500;

  private Forgetting() {}

  /** The row of an ended delivery, as it was read. */
  record Ended(long webhookId, String state, long created, long id, long endedAt) {
    Position position() {
      return new Position(Instant.ofEpochMilli(created), id);
    }
  }

  /** The row of a waiting delivery. */
  record Waiting(long webhookId, long created, long id) {}

  /** Deletes ended deliveries in the caller's transaction. Returns how many still existed. */
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

  /** Deletes waiting deliveries in the caller's transaction. Returns how many still existed. */
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
    // a fixed order, so that two masters cannot deadlock
    List<Waiting> ordered = gone.stream().sorted(Comparator.comparingLong(Waiting::id)).toList();
    try (PreparedBatch attempts =
            handle.prepareBatch(
                "DELETE FROM webhooks_attempt WHERE webhook_id = ? AND delivery_id = ?");
        PreparedBatch uses =
            handle.prepareBatch("UPDATE webhooks_event SET uses = uses - 1 WHERE id = ?");
        // after the update: of two concurrent transactions, the second sees both decrements
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

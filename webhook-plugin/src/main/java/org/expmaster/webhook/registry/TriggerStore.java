package org.expmaster.webhook.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.expmaster.webhook.registry.Webhook.StoredTrigger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/** Stores triggers, in the caller's transaction. */
final class TriggerStore {
  private static final String COLUMNS =
      "SELECT id, webhook_id, type, condition, created_at FROM webhooks_trigger ";

  private TriggerStore() {}

  static void insert(Handle handle, long webhookId, List<Trigger> triggers, Instant now) {
    if (triggers.isEmpty()) {
      return;
    }
    try (PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO webhooks_trigger (webhook_id, type, condition, created_at)
            VALUES (:webhookId, :type, :condition, :createdAt)
            """)) {
      for (Trigger trigger : triggers) {
        TriggerColumns columns = TriggerColumns.of(trigger);
        batch
            .bind("webhookId", webhookId)
            .bind("type", columns.type())
            .bind("condition", columns.condition())
            .bind("createdAt", now.toEpochMilli())
            .add();
      }
      batch.execute();
    }
  }

  /** Replaces a webhook's triggers; those that stay the same keep their rows. */
  static void update(Handle handle, long webhookId, List<Trigger> wanted, Instant now) {
    Map<Trigger, Deque<StoredTrigger>> dropped = new HashMap<>();
    List<StoredTrigger> present = of(handle, List.of(webhookId)).getOrDefault(webhookId, List.of());
    for (StoredTrigger stored : present) {
      dropped.computeIfAbsent(stored.trigger(), none -> new ArrayDeque<>()).add(stored);
    }
    List<Trigger> added = new ArrayList<>();
    for (Trigger trigger : wanted) {
      if (dropped.getOrDefault(trigger, new ArrayDeque<>()).poll() == null) {
        added.add(trigger);
      }
    }
    for (Deque<StoredTrigger> alike : dropped.values()) {
      alike.forEach(
          stored -> handle.execute("DELETE FROM webhooks_trigger WHERE id = ?", stored.id()));
    }
    insert(handle, webhookId, added, now);
  }

  /** Returns the triggers of some webhooks, by webhook id, in order of creation. */
  static Map<Long, List<StoredTrigger>> of(Handle handle, List<Long> webhookIds) {
    return byWebhook(
        handle
            .createQuery(COLUMNS + "WHERE webhook_id IN (<ids>) ORDER BY id")
            .bindList("ids", webhookIds));
  }

  /** Returns all triggers, by webhook id, in order of creation. */
  static Map<Long, List<StoredTrigger>> all(Handle handle) {
    return byWebhook(handle.createQuery(COLUMNS + "ORDER BY id"));
  }

  private static Map<Long, List<StoredTrigger>> byWebhook(Query query) {
    Map<Long, List<StoredTrigger>> byWebhook = new HashMap<>();
    query
        .map(
            (row, context) ->
                byWebhook
                    .computeIfAbsent(row.getLong("webhook_id"), id -> new ArrayList<>())
                    .add(stored(row)))
        .list();
    return byWebhook;
  }

  private static StoredTrigger stored(ResultSet row) throws SQLException {
    TriggerColumns columns = new TriggerColumns(row.getString("type"), row.getString("condition"));
    return new StoredTrigger(
        row.getLong("id"), columns.trigger(), Instant.ofEpochMilli(row.getLong("created_at")));
  }
}

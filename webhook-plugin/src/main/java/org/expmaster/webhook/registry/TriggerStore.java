package org.expmaster.webhook.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.expmaster.webhook.registry.Webhook.StoredTrigger;
import org.jdbi.v3.core.Handle;

/** The triggers in the database, in a transaction that is the caller's. */
final class TriggerStore {
  private TriggerStore() {}

  static long insert(Handle handle, long webhookId, Trigger trigger) {
    TriggerColumns columns = TriggerColumns.of(trigger);
    return handle
        .createQuery(
            """
            INSERT INTO webhooks_trigger (webhook_id, type, condition)
            VALUES (:webhookId, :type, :condition)
            RETURNING id
            """)
        .bind("webhookId", webhookId)
        .bind("type", columns.type())
        .bind("condition", columns.condition())
        .mapTo(Long.class)
        .one();
  }

  /** Makes a webhook's triggers the wanted ones; those that stay keep their ids. */
  static void update(Handle handle, long webhookId, List<Trigger> wanted) {
    List<StoredTrigger> dropped =
        new ArrayList<>(byWebhook(handle).getOrDefault(webhookId, List.of()));
    for (Trigger trigger : wanted) {
      Optional<StoredTrigger> kept =
          dropped.stream().filter(stored -> stored.trigger().equals(trigger)).findFirst();
      kept.ifPresentOrElse(dropped::remove, () -> insert(handle, webhookId, trigger));
    }
    dropped.forEach(
        stored -> handle.execute("DELETE FROM webhooks_trigger WHERE id = ?", stored.id()));
  }

  /** All of them, by webhook, in the order they were made. */
  static Map<Long, List<StoredTrigger>> byWebhook(Handle handle) {
    Map<Long, List<StoredTrigger>> byWebhook = new LinkedHashMap<>();
    handle
        .createQuery("SELECT id, webhook_id, type, condition FROM webhooks_trigger ORDER BY id")
        .map(
            (row, context) -> {
              TriggerColumns columns =
                  new TriggerColumns(row.getString("type"), row.getString("condition"));
              return byWebhook
                  .computeIfAbsent(row.getLong("webhook_id"), id -> new ArrayList<>())
                  .add(new StoredTrigger(row.getLong("id"), columns.trigger()));
            })
        .list();
    return byWebhook;
  }
}

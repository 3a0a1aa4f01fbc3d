package org.expmaster.webhook.registry;

import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.registry.Webhook.StoredTrigger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** The webhooks in the database. Every edit raises the registry's version in the same commit. */
final class WebhookStore {
  private final Database database;
  private final Clock clock;

  WebhookStore(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** What the database holds, and the version that tells whether it has changed since. */
  record Contents(long version, List<Webhook> webhooks) {}

  long version() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT version FROM webhooks_registry_version")
                    .mapTo(Long.class)
                    .one());
  }

  /** The version is read first: an edit in between is then seen again, never missed. */
  Contents read() {
    return database
        .jdbi()
        .withHandle(
            handle -> {
              long version =
                  handle
                      .createQuery("SELECT version FROM webhooks_registry_version")
                      .mapTo(Long.class)
                      .one();
              return new Contents(version, webhooks(handle));
            });
  }

  Webhook create(WebhookDraft draft, long createdBy) {
    try {
      return database
          .jdbi()
          .inTransaction(
              handle -> {
                raiseVersion(handle);
                long id = insertWebhook(handle, draft, createdBy);
                List<StoredTrigger> triggers = new ArrayList<>();
                for (Trigger trigger : draft.triggers()) {
                  triggers.add(new StoredTrigger(insertTrigger(handle, id, trigger), trigger));
                }
                return new Webhook(
                    id,
                    draft.name(),
                    draft.url(),
                    draft.type(),
                    draft.mode(),
                    draft.workspaceId(),
                    triggers);
              });
    } catch (UnableToExecuteStatementException failed) {
      if (database.dialect().isUniqueViolation(failed)) {
        throw new DuplicateNameException(failed);
      }
      throw failed;
    }
  }

  /**
   * Deletes a webhook and what was waiting to be sent to it. What was sent is left to the
   * retention: it may be much.
   */
  boolean delete(long id) {
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              raiseVersion(handle);
              handle.execute("DELETE FROM webhooks_trigger WHERE webhook_id = ?", id);
              handle.execute(
                  """
                  DELETE FROM webhooks_delivery
                  WHERE id IN (SELECT id FROM webhooks_outbox WHERE webhook_id = ?)
                  """,
                  id);
              handle.execute("DELETE FROM webhooks_outbox WHERE webhook_id = ?", id);
              handle.execute("DELETE FROM webhooks_health WHERE webhook_id = ?", id);
              return handle.execute("DELETE FROM webhooks_webhook WHERE id = ?", id) > 0;
            });
  }

  private static void raiseVersion(Handle handle) {
    handle.execute("UPDATE webhooks_registry_version SET version = version + 1");
  }

  private long insertWebhook(Handle handle, WebhookDraft draft, long createdBy) {
    return handle
        .createQuery(
            """
            INSERT INTO webhooks_webhook
              (name, url, type, mode, workspace_id, created_by, created_at)
            VALUES (:name, :url, :type, :mode, :workspaceId, :createdBy, :createdAt)
            RETURNING id
            """)
        .bind("name", draft.name())
        .bind("url", draft.url().toString())
        .bind("type", draft.type().name())
        .bind("mode", draft.mode().name())
        .bind("workspaceId", draft.workspaceId().orElse(0))
        .bind("createdBy", createdBy)
        .bind("createdAt", clock.millis())
        .mapTo(Long.class)
        .one();
  }

  private static long insertTrigger(Handle handle, long webhookId, Trigger trigger) {
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

  private static List<Webhook> webhooks(Handle handle) {
    Map<Long, List<StoredTrigger>> triggers = triggers(handle);
    return handle
        .createQuery(
            "SELECT id, name, url, type, mode, workspace_id FROM webhooks_webhook ORDER BY id")
        .map(
            (row, context) -> {
              long workspaceId = row.getLong("workspace_id");
              return new Webhook(
                  row.getLong("id"),
                  row.getString("name"),
                  URI.create(row.getString("url")),
                  WebhookType.valueOf(row.getString("type")),
                  WebhookMode.valueOf(row.getString("mode")),
                  workspaceId == 0 ? OptionalLong.empty() : OptionalLong.of(workspaceId),
                  triggers.getOrDefault(row.getLong("id"), List.of()));
            })
        .list();
  }

  private static Map<Long, List<StoredTrigger>> triggers(Handle handle) {
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

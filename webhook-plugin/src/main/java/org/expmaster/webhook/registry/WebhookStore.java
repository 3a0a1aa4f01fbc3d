package org.expmaster.webhook.registry;

import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.registry.Webhook.StoredTrigger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.statement.SqlStatement;
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
    return edit(
        handle -> {
          long id = insertWebhook(handle, draft, createdBy);
          List<StoredTrigger> triggers = new ArrayList<>();
          for (Trigger trigger : draft.triggers()) {
            triggers.add(new StoredTrigger(TriggerStore.insert(handle, id, trigger), trigger));
          }
          return new Webhook(
              id,
              1,
              draft.name(),
              draft.url(),
              draft.form(),
              draft.mode(),
              draft.workspaceId(),
              triggers);
        });
  }

  /** False if the webhook has another version by now, or is gone. */
  boolean update(long id, long version, WebhookDraft draft) {
    return edit(
        handle -> {
          boolean unchanged = raiseVersion(handle, id, version);
          if (unchanged) {
            forgive(handle, id, draft);
            updateWebhook(handle, id, draft);
            TriggerStore.update(handle, id, draft.triggers());
          }
          return unchanged;
        });
  }

  /**
   * Deletes a webhook and what was waiting to be sent to it. What was sent is left to the
   * retention: it may be much. False if the webhook has another version by now, or is gone.
   */
  boolean delete(long id, long version) {
    return edit(
        handle -> {
          boolean unchanged = raiseVersion(handle, id, version);
          if (unchanged) {
            handle.execute("DELETE FROM webhooks_trigger WHERE webhook_id = ?", id);
            handle.execute(
                """
                DELETE FROM webhooks_delivery
                WHERE id IN (SELECT id FROM webhooks_outbox WHERE webhook_id = ?)
                """,
                id);
            handle.execute("DELETE FROM webhooks_outbox WHERE webhook_id = ?", id);
            handle.execute("DELETE FROM webhooks_health WHERE webhook_id = ?", id);
            handle.execute("DELETE FROM webhooks_webhook WHERE id = ?", id);
          }
          return unchanged;
        });
  }

  /** One after the other, on all masters: the first statement waits for whoever edits already. */
  private <T> T edit(HandleCallback<T, RuntimeException> edit) {
    try {
      return database
          .jdbi()
          .inTransaction(
              handle -> {
                handle.execute("UPDATE webhooks_registry_version SET version = version + 1");
                return edit.withHandle(handle);
              });
    } catch (UnableToExecuteStatementException failed) {
      if (database.dialect().isUniqueViolation(failed)) {
        throw new DuplicateNameException(failed);
      }
      throw failed;
    }
  }

  private long insertWebhook(Handle handle, WebhookDraft draft, long createdBy) {
    return bind(
            handle.createQuery(
                """
                INSERT INTO webhooks_webhook
                  (name, url, type, payload_version, template, mode, workspace_id,
                   created_by, created_at)
                VALUES (:name, :url, :type, :payloadVersion, :template, :mode, :workspaceId,
                   :createdBy, :createdAt)
                RETURNING id
                """),
            draft)
        .bind("createdBy", createdBy)
        .bind("createdAt", clock.millis())
        .mapTo(Long.class)
        .one();
  }

  /** What was wrong with the URL it had says nothing of another one. */
  private static void forgive(Handle handle, long id, WebhookDraft draft) {
    handle.execute(
        """
        DELETE FROM webhooks_health
        WHERE webhook_id = ? AND disabled_at IS NULL
          AND EXISTS (SELECT 1 FROM webhooks_webhook WHERE id = webhook_id AND url <> ?)
        """,
        id,
        draft.url().toString());
  }

  /** Whoever raises it has the webhook to themselves until the commit. */
  private static boolean raiseVersion(Handle handle, long id, long version) {
    return handle.execute(
            "UPDATE webhooks_webhook SET version = version + 1 WHERE id = ? AND version = ?",
            id,
            version)
        > 0;
  }

  private static void updateWebhook(Handle handle, long id, WebhookDraft draft) {
    bind(
            handle.createUpdate(
                """
                UPDATE webhooks_webhook
                SET name = :name, url = :url, type = :type, payload_version = :payloadVersion,
                  template = :template, mode = :mode, workspace_id = :workspaceId
                WHERE id = :id
                """),
            draft)
        .bind("id", id)
        .execute();
  }

  private static <S extends SqlStatement<S>> S bind(S statement, WebhookDraft draft) {
    return statement
        .bind("name", draft.name())
        .bind("url", draft.url().toString())
        .bind("type", draft.form().type().name())
        .bind("payloadVersion", draft.form().version())
        .bind("template", draft.form().template())
        .bind("mode", draft.mode().name())
        .bind("workspaceId", draft.workspaceId().orElse(0));
  }

  private static List<Webhook> webhooks(Handle handle) {
    Map<Long, List<StoredTrigger>> triggers = TriggerStore.byWebhook(handle);
    return handle
        .createQuery(
            """
            SELECT id, version, name, url, type, payload_version, template, mode, workspace_id
            FROM webhooks_webhook ORDER BY id
            """)
        .map(
            (row, context) -> {
              long workspaceId = row.getLong("workspace_id");
              return new Webhook(
                  row.getLong("id"),
                  row.getLong("version"),
                  row.getString("name"),
                  URI.create(row.getString("url")),
                  new PayloadForm(
                      WebhookType.valueOf(row.getString("type")),
                      row.getInt("payload_version"),
                      row.getString("template")),
                  WebhookMode.valueOf(row.getString("mode")),
                  workspaceId == 0 ? OptionalLong.empty() : OptionalLong.of(workspaceId),
                  triggers.getOrDefault(row.getLong("id"), List.of()));
            })
        .list();
  }
}

package org.expmaster.webhook.registry;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.function.BiFunction;
import org.expmaster.webhook.db.Along;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.signing.WebhookSecrets;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** Stores webhooks. Every edit raises the registry's version in the same transaction. */
final class WebhookStore {
  private final Database database;
  private final Clock clock;

  WebhookStore(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  Webhook create(WebhookDraft draft, Editor editor) {
    return edit(
        (handle, version) -> {
          long id = insertWebhook(handle, version, draft, editor);
          TriggerStore.insert(handle, id, draft.triggers(), clock.instant());
          SecretStore.update(handle, id, WebhookSecrets.NONE, WebhookSecrets.generated());
          write(editor.along(), handle, id);
          return ChangeStore.webhook(handle, id);
        });
  }

  /** Returns false if the webhook has another version now, or was deleted. */
  boolean update(long id, long version, WebhookDraft draft, Editor editor) {
    return edit(
        (handle, registryVersion) -> {
          boolean unchanged = raiseVersion(handle, id, version);
          if (unchanged) {
            forgive(handle, id, draft);
            updateWebhook(handle, id, registryVersion, draft, editor);
            TriggerStore.update(handle, id, draft.triggers(), clock.instant());
            write(editor.along(), handle, id);
          }
          return unchanged;
        });
  }

  /**
   * Deletes a webhook, and records that its deliveries, of which there may be many, remain to be
   * deleted. Returns false if the webhook has another version now, or was deleted.
   */
  boolean delete(long id, long version, Along along) {
    return edit(
        (handle, registryVersion) -> {
          boolean unchanged = raiseVersion(handle, id, version);
          if (unchanged) {
            write(along, handle, id);
            ChangeStore.tellDeleted(handle, id, registryVersion);
            handle.execute("DELETE FROM webhooks_trigger WHERE webhook_id = ?", id);
            handle.execute("DELETE FROM webhooks_health WHERE webhook_id = ?", id);
            handle.execute("DELETE FROM webhooks_webhook WHERE id = ?", id);
            handle.execute(
                "INSERT INTO webhooks_leftover (webhook_id, deleted_at) VALUES (?, ?)",
                id,
                clock.millis());
          }
          return unchanged;
        });
  }

  /** Returns when a webhook last moved to another workspace; the epoch if it never has. */
  Instant movedAt(long id) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT moved_at FROM webhooks_webhook WHERE id = :id")
                    .bind("id", id)
                    .mapTo(Long.class)
                    .findOne())
        .map(Instant::ofEpochMilli)
        .orElse(Instant.EPOCH);
  }

  /** Returns false if the webhook has another secret now, or was deleted. */
  boolean updateSecrets(Webhook seen, WebhookSecrets next, Along along) {
    return edit(
        (handle, registryVersion) -> {
          boolean updated = SecretStore.update(handle, seen.id(), seen.secrets(), next);
          if (updated) {
            handle.execute(
                "UPDATE webhooks_webhook SET changed = ? WHERE id = ?", registryVersion, seen.id());
            write(along, handle, seen.id());
          }
          return updated;
        });
  }

  void deletePreviousSecrets(Instant now) {
    database.jdbi().useHandle(handle -> SecretStore.deletePrevious(handle, now));
  }

  /**
   * Runs one edit at a time across all masters: the first statement waits for any other edit to
   * end. Versions become visible in order, and the version of a rolled-back edit is used again.
   *
   * @param edit is given the registry's new version
   */
  private <T> T edit(BiFunction<Handle, Long, T> edit) {
    try {
      return database
          .jdbi()
          .inTransaction(
              handle -> {
                long version =
                    handle
                        .createQuery(
                            """
                            UPDATE webhooks_registry_version SET version = version + 1
                            RETURNING version
                            """)
                        .mapTo(Long.class)
                        .one();
                return edit.apply(handle, version);
              });
    } catch (UnableToExecuteStatementException failed) {
      if (database.dialect().isUniqueViolation(failed)) {
        throw new DuplicateNameException(failed);
      }
      throw failed;
    }
  }

  private long insertWebhook(
      Handle handle, long registryVersion, WebhookDraft draft, Editor editor) {
    return bind(
            handle.createQuery(
                """
                INSERT INTO webhooks_webhook
                  (name, url, headers, type, payload_version, template, mode, workspace_id,
                   created_by, created_at, updated_by, updated_at, changed)
                VALUES (:name, :url, :headers, :type, :payloadVersion, :template, :mode,
                   :workspaceId, :createdBy, :now, :updatedBy, :now, :changed)
                RETURNING id
                """),
            draft)
        .bind("createdBy", editor.userId())
        .bind("updatedBy", editor.name())
        .bind("now", clock.millis())
        .bind("changed", registryVersion)
        .mapTo(Long.class)
        .one();
  }

  /**
   * Resets the health if the endpoint changes: what attempts at the old one have shown, and will
   * still show, says nothing about the new one. A disabled webhook stays disabled.
   */
  private static void forgive(Handle handle, long id, WebhookDraft draft) {
    handle.execute(
        """
        INSERT INTO webhooks_health (webhook_id, reason, version)
        SELECT id, '', 1 FROM webhooks_webhook WHERE id = ? AND (url <> ? OR headers <> ?)
        ON CONFLICT (webhook_id) DO UPDATE SET
          failing_since = NULL,
          paused_until = NULL,
          reason = CASE WHEN webhooks_health.disabled_at IS NULL THEN '' ELSE webhooks_health.reason END,
          version = webhooks_health.version + 1
        """,
        id,
        draft.url().toString(),
        draft.endpoint().headers().text());
  }

  /** Also locks the webhook until the end of the transaction. */
  private static boolean raiseVersion(Handle handle, long id, long version) {
    return handle.execute(
            "UPDATE webhooks_webhook SET version = version + 1 WHERE id = ? AND version = ?",
            id,
            version)
        > 0;
  }

  private void updateWebhook(
      Handle handle, long id, long registryVersion, WebhookDraft draft, Editor editor) {
    bind(
            handle.createUpdate(
                """
                UPDATE webhooks_webhook
                SET name = :name, url = :url, headers = :headers, type = :type,
                  payload_version = :payloadVersion, template = :template, mode = :mode,
                  moved_at = CASE WHEN workspace_id = :workspaceId THEN moved_at ELSE :now END,
                  workspace_id = :workspaceId, updated_by = :updatedBy, updated_at = :now,
                  changed = :changed
                WHERE id = :id
                """),
            draft)
        .bind("id", id)
        .bind("updatedBy", editor.name())
        .bind("now", clock.millis())
        .bind("changed", registryVersion)
        .execute();
  }

  private static void write(Along along, Handle handle, long id) {
    try {
      along.write(handle.getConnection(), id);
    } catch (SQLException failed) {
      throw new UnableToExecuteStatementException(failed, null);
    }
  }

  private static <S extends SqlStatement<S>> S bind(S statement, WebhookDraft draft) {
    return statement
        .bind("name", draft.name())
        .bind("url", draft.url().toString())
        .bind("headers", draft.endpoint().headers().text())
        .bind("type", draft.form().type().name())
        .bind("payloadVersion", draft.form().version())
        .bind("template", draft.form().template())
        .bind("mode", draft.mode().name())
        .bind("workspaceId", draft.workspaceId().orElse(0));
  }
}

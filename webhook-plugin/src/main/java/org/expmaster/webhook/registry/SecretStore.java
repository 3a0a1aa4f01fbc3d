package org.expmaster.webhook.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.expmaster.webhook.signing.WebhookSecret;
import org.expmaster.webhook.signing.WebhookSecrets;
import org.expmaster.webhook.signing.WebhookSecrets.Previous;
import org.jdbi.v3.core.Handle;

/** Stores the secrets of webhooks in their rows, in the caller's transaction. */
final class SecretStore {
  private SecretStore() {}

  static WebhookSecrets read(ResultSet row) throws SQLException {
    String previous = row.getString("previous_secret");
    Instant until = Instant.ofEpochMilli(row.getLong("previous_until"));
    return new WebhookSecrets(
        Optional.ofNullable(row.getString("secret")).map(WebhookSecret::stored),
        Optional.ofNullable(previous)
            .map(secret -> new Previous(WebhookSecret.stored(secret), until)));
  }

  /** Replaces a webhook's secrets; returns false if it has another secret now, or was deleted. */
  static boolean update(Handle handle, long webhookId, WebhookSecrets seen, WebhookSecrets next) {
    return handle
            .createUpdate(
                """
                UPDATE webhooks_webhook
                SET secret = :secret, previous_secret = :previousSecret,
                  previous_until = :previousUntil
                WHERE id = :id AND COALESCE(secret, '') = :seen
                """)
            .bind("id", webhookId)
            .bind("seen", text(seen).orElse(""))
            .bind("secret", text(next).orElse(null))
            .bind("previousSecret", next.previous().map(was -> was.secret().reveal()).orElse(null))
            .bind(
                "previousUntil", next.previous().map(was -> was.until().toEpochMilli()).orElse(0L))
            .execute()
        > 0;
  }

  /** Deletes the secrets that no longer sign; masters that have read them do not use them. */
  static void deletePrevious(Handle handle, Instant now) {
    handle.execute(
        """
        UPDATE webhooks_webhook SET previous_secret = NULL, previous_until = 0
        WHERE previous_until > 0 AND previous_until <= ?
        """,
        now.toEpochMilli());
  }

  private static Optional<String> text(WebhookSecrets secrets) {
    return secrets.current().map(WebhookSecret::reveal);
  }
}

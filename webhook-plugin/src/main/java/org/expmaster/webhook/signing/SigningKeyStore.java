package org.expmaster.webhook.signing;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.expmaster.webhook.db.Database;
import org.jdbi.v3.core.Handle;

/** Stores the generated signing keys, which all masters of one database share. */
final class SigningKeyStore {
  private final Database database;
  private final Clock clock;
  private final Duration overlap;

  SigningKeyStore(Database database, Clock clock, Duration overlap) {
    this.database = database;
    this.clock = clock;
    this.overlap = overlap;
  }

  private record Kept(int id, String key, long createdAt) {}

  /** Returns the stored keys; generates one if there is none. Concurrent masters get the same. */
  SigningKeys keptOrMade() {
    List<Kept> kept = database.jdbi().withHandle(SigningKeyStore::newest);
    if (kept.isEmpty()) {
      insert(1);
      kept = database.jdbi().withHandle(SigningKeyStore::newest);
    }
    return keys(kept);
  }

  /** Generates a new key. Masters that rotate at the same time generate one key between them. */
  void rotate() throws SQLException {
    insert(database.jdbi().withHandle(SigningKeyStore::newest).get(0).id() + 1);
  }

  private void insert(int id) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        INSERT INTO webhooks_signing_key (id, signing_key, created_at)
                        VALUES (:id, :key, :now)
                        ON CONFLICT (id) DO NOTHING
                        """)
                    .bind("id", id)
                    .bind("key", SigningKey.random().reveal())
                    .bind("now", clock.millis())
                    .execute());
  }

  private static List<Kept> newest(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT id, signing_key, created_at FROM webhooks_signing_key
            ORDER BY id DESC LIMIT 2
            """)
        .map((row, context) -> new Kept(row.getInt(1), row.getString(2), row.getLong(3)))
        .list();
  }

  private SigningKeys keys(List<Kept> newestFirst) {
    Kept current = newestFirst.get(0);
    boolean overlapping =
        newestFirst.size() > 1 && clock.millis() < current.createdAt() + overlap.toMillis();
    return new SigningKeys(
        SigningKey.of(current.key()),
        overlapping ? Optional.of(SigningKey.of(newestFirst.get(1).key())) : Optional.empty());
  }
}

package org.expmaster.webhook.signing;

import java.time.Clock;
import org.expmaster.webhook.db.Database;

/** The key that was made because none was configured, kept for all masters of one database. */
public final class SigningKeyStore {
  private final Database database;
  private final Clock clock;

  /** A store over the plugin's table. */
  public SigningKeyStore(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** The kept key; made first if there is none. Masters that ask at once get the same one. */
  public SigningKey keptOrMade() {
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              handle
                  .createUpdate(
                      """
                      INSERT INTO webhooks_signing_key (id, signing_key, created_at)
                      VALUES (1, :key, :now)
                      ON CONFLICT (id) DO NOTHING
                      """)
                  .bind("key", SigningKey.random().reveal())
                  .bind("now", clock.millis())
                  .execute();
              return SigningKey.of(
                  handle
                      .createQuery("SELECT signing_key FROM webhooks_signing_key WHERE id = 1")
                      .mapTo(String.class)
                      .one());
            });
  }
}

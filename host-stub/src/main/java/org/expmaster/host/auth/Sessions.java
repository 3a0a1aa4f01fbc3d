package org.expmaster.host.auth;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.expmaster.host.db.Transactions;
import org.expmaster.plugin.http.Caller;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The tokens of logged-in users. Only their hashes are stored. Thread-safe. */
public final class Sessions {
  static final Duration LIFETIME = Duration.ofDays(7);

  private final Jdbi jdbi;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  public Sessions(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /**
   * Creates a token and deletes expired ones.
   *
   * @return empty if the password has changed since it was compared, or the user is no longer
   *     active
   */
  Optional<String> begin(UserStore.WithHash user) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    long now = clock.millis();
    boolean begun =
        new Transactions(jdbi)
            .run(one -> user.isStillSoIn(one.handle()) && add(one.handle(), token, user, now));
    return begun ? Optional.of(token) : Optional.empty();
  }

  private static boolean add(Handle handle, String token, UserStore.WithHash user, long now) {
    handle.execute("DELETE FROM sessions WHERE expires_at < ?", now);
    handle.execute(
        "INSERT INTO sessions (token_hash, user_id, expires_at) VALUES (?, ?, ?)",
        Digests.sha256(token),
        user.user().id(),
        now + LIFETIME.toMillis());
    return true;
  }

  void end(String token) {
    jdbi.useHandle(
        handle ->
            handle.execute("DELETE FROM sessions WHERE token_hash = ?", Digests.sha256(token)));
  }

  /** Returns the user whose token this is, or empty if it is unknown or has expired. */
  public Optional<Caller> caller(String token) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT u.id, u.username, u.admin
                    FROM sessions s JOIN users u ON u.id = s.user_id
                    WHERE s.token_hash = :hash AND s.expires_at >= :now AND u.active
                    """)
                .bind("hash", Digests.sha256(token))
                .bind("now", clock.millis())
                .map(
                    (row, context) ->
                        new Caller(row.getLong(1), row.getString(2), row.getBoolean(3)))
                .findOne());
  }
}

package org.expmaster.webhook.signing;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.expmaster.webhook.db.Along;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.signing.SigningKeys.Announced;
import org.jdbi.v3.core.Handle;

/**
 * Stores the generated signing keys, which all masters of one database share.
 *
 * <p>A key is announced, then signs, then retires when a newer key begins to sign, and is deleted
 * when the overlap after that has ended.
 */
final class SigningKeyStore {
  /** Each key makes a header of every request longer; more are there only by many rotations. */
  private static final int MOST_PREVIOUS = 8;

  private final Database database;
  private final Clock clock;
  private final Duration overlap;

  /**
   * @param clock the time that all masters of the database share, so that they change keys together
   */
  SigningKeyStore(Database database, Clock clock, Duration overlap) {
    this.database = database;
    this.clock = clock;
    this.overlap = overlap;
  }

  private record Kept(int id, String key, long signsFrom) {
    SigningKey signing() {
      return SigningKey.of(key);
    }
  }

  /**
   * Returns the stored keys; generates one if there is none. Concurrent masters get the same.
   * Deletes the keys that no receiver needs any more.
   */
  SigningKeys keptOrMade() {
    Optional<SigningKeys> kept = kept();
    if (kept.isEmpty()) {
      database.jdbi().useHandle(handle -> insert(handle, 1, 0));
      kept = kept();
    }
    return kept.orElseThrow();
  }

  /** Returns the stored keys, if there are any; deletes those that no receiver needs any more. */
  Optional<SigningKeys> kept() {
    List<Kept> kept = newestFirst();
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    deleteRetired(kept);
    return Optional.of(keys(kept));
  }

  /**
   * Generates a new key. Of rotations at the same time that are not immediate, one succeeds.
   *
   * @param immediately whether it signs the documented headers from now on, rather than after the
   *     overlap
   * @param along written together with the key
   * @return when the new key begins to sign the documented headers
   * @throws RotationPendingException if a key is announced already, and this one is not immediate
   */
  Instant rotate(boolean immediately, Along along) throws SQLException {
    while (true) {
      List<Kept> kept = newestFirst();
      Optional<Announced> pending = kept.isEmpty() ? Optional.empty() : keys(kept).next();
      if (pending.isPresent() && !immediately) {
        throw new RotationPendingException(pending.get().signsFrom().orElseThrow());
      }
      long from = clock.millis() + (immediately ? 0 : overlap.toMillis());
      if (insert(kept.isEmpty() ? 1 : kept.get(0).id() + 1, from, along)) {
        return Instant.ofEpochMilli(from);
      }
      // another rotation was first, and may have been of the other kind
    }
  }

  private void deleteRetired(List<Kept> kept) {
    long now = clock.millis();
    List<Integer> retired =
        IntStream.range(1, kept.size())
            .filter(index -> retiredAt(kept, index) <= now)
            .mapToObj(index -> kept.get(index).id())
            .toList();
    if (!retired.isEmpty()) {
      database
          .jdbi()
          .useHandle(
              handle ->
                  handle
                      .createUpdate("DELETE FROM webhooks_signing_key WHERE id IN (<ids>)")
                      .bindList("ids", retired)
                      .execute());
    }
  }

  private boolean insert(int id, long signsFrom, Along along) throws SQLException {
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              boolean inserted = insert(handle, id, signsFrom);
              if (inserted) {
                along.write(handle.getConnection(), 0);
              }
              return inserted;
            });
  }

  /** Returns false if another master has stored a key with this id before. */
  private boolean insert(Handle handle, int id, long signsFrom) {
    return handle
            .createUpdate(
                """
                INSERT INTO webhooks_signing_key (id, signing_key, created_at, signs_from)
                VALUES (:id, :key, :now, :signsFrom)
                ON CONFLICT (id) DO NOTHING
                """)
            .bind("id", id)
            .bind("key", SigningKey.random().reveal())
            .bind("now", clock.millis())
            .bind("signsFrom", signsFrom)
            .execute()
        > 0;
  }

  private List<Kept> newestFirst() {
    return database.jdbi().withHandle(SigningKeyStore::newestFirst);
  }

  private static List<Kept> newestFirst(Handle handle) {
    return handle
        .createQuery(
            "SELECT id, signing_key, signs_from FROM webhooks_signing_key ORDER BY id DESC")
        .map((row, context) -> new Kept(row.getInt(1), row.getString(2), row.getLong(3)))
        .list();
  }

  private SigningKeys keys(List<Kept> kept) {
    long now = clock.millis();
    int current = current(kept, now);
    Optional<Announced> next =
        current == 0
            ? Optional.empty()
            : Optional.of(
                new Announced(
                    kept.get(0).signing(),
                    Optional.of(Instant.ofEpochMilli(kept.get(0).signsFrom()))));
    List<SigningKey> previous =
        IntStream.range(current + 1, kept.size())
            .filter(index -> now < retiredAt(kept, index))
            .mapToObj(index -> kept.get(index).signing())
            .limit(MOST_PREVIOUS)
            .toList();
    return new SigningKeys(kept.get(current).signing(), next, previous);
  }

  /** Returns the index of the newest key that signs by now; the oldest one always does. */
  private static int current(List<Kept> kept, long now) {
    return IntStream.range(0, kept.size())
        .filter(index -> kept.get(index).signsFrom() <= now)
        .findFirst()
        .orElse(kept.size() - 1);
  }

  /** Returns the end of the overlap with the newer key, in milliseconds since the epoch. */
  private long retiredAt(List<Kept> kept, int index) {
    return kept.get(index - 1).signsFrom() + overlap.toMillis();
  }
}

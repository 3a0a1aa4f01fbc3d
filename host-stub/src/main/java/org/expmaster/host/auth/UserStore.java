package org.expmaster.host.auth;

import java.util.List;
import java.util.Optional;
import org.expmaster.host.db.Transactions;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;

/** The table of users. Thread-safe. */
public final class UserStore {
  private static final RowMapper<User> USER =
      (row, context) ->
          new User(
              row.getLong("id"),
              row.getString("username"),
              row.getBoolean("admin"),
              row.getBoolean("active"));

  private final Jdbi jdbi;

  public UserStore(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  record WithHash(User user, String hash) {

    /** Checks that user and hash are still valid; locks the row until the transaction ends. */
    boolean isStillSoIn(Handle handle) {
      return handle.execute(
              """
              UPDATE users SET active = active
              WHERE id = ? AND password_hash = ? AND active
              """,
              user.id(),
              hash)
          == 1;
    }
  }

  Optional<WithHash> byName(String username) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT id, username, admin, active, password_hash
                    FROM users WHERE username = :username
                    """)
                .bind("username", username)
                .map((row, context) -> new WithHash(USER.map(row, context), row.getString(5)))
                .findOne());
  }

  List<User> all() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT id, username, admin, active FROM users ORDER BY id")
                .map(USER)
                .list());
  }

  boolean isEmpty() {
    return jdbi.withHandle(
        handle ->
            handle.createQuery("SELECT COUNT(*) FROM users WHERE id = 1").mapTo(Long.class).one()
                == 0);
  }

  /** Adds a user; returns empty and adds nothing if the name is taken. */
  Optional<User> add(String username, String hash, boolean admin, boolean active) {
    return jdbi.withHandle(handle -> add(handle, username, hash, admin, active));
  }

  private static Optional<User> add(
      Handle handle, String username, String hash, boolean admin, boolean active) {
    return handle
        .createQuery(
            """
            INSERT INTO users (username, password_hash, admin, active)
            VALUES (:username, :hash, :admin, :active)
            ON CONFLICT (username) DO NOTHING
            RETURNING id, username, admin, active
            """)
        .bind("username", username)
        .bind("hash", hash)
        .bind("admin", admin)
        .bind("active", active)
        .map(USER)
        .findOne();
  }

  /** Changes the password and ends the user's sessions; returns false if there is no such user. */
  boolean setPassword(long id, String hash) {
    return new Transactions(jdbi).run(one -> setPassword(one.handle(), id, hash));
  }

  private static boolean setPassword(Handle handle, long id, String hash) {
    int changed = handle.execute("UPDATE users SET password_hash = ? WHERE id = ?", hash, id);
    handle.execute("DELETE FROM sessions WHERE user_id = ?", id);
    return changed == 1;
  }

  /**
   * Creates the initial users, workspace and project.
   *
   * @return whether this call created them; another master may have been faster
   */
  boolean addTheFirst(String hash) {
    return new Transactions(jdbi).run(one -> addTheFirst(one.handle(), hash));
  }

  private static boolean addTheFirst(Handle handle, String hash) {
    int added =
        handle.execute(
            """
            INSERT INTO users (id, username, password_hash, admin, active)
            VALUES (1, 'admin', ?, TRUE, TRUE) ON CONFLICT DO NOTHING
            """,
            hash);
    if (added == 0) {
      return false;
    }
    add(handle, "determined", hash, false, true);
    handle.execute("INSERT INTO workspaces (id, name, owner_id) VALUES (1, 'Uncategorized', 1)");
    handle.execute(
        """
        INSERT INTO projects (id, workspace_id, name, owner_id)
        VALUES (1, 1, 'Uncategorized', 1)
        """);
    return true;
  }
}

package org.expmaster.host.auth;

import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Replaces a lost password. Needs only write access to the database. */
public final class PasswordReset {
  private final UserStore users;
  private final Passwords passwords;

  public PasswordReset(Jdbi jdbi, Passwords passwords) {
    this.users = new UserStore(jdbi);
    this.passwords = passwords;
  }

  /** Generates a password and ends the user's sessions; returns empty if there is no such user. */
  public Optional<String> run(String username) {
    String made = FirstStart.makeOne();
    return users
        .byName(username)
        .filter(
            found ->
                users.setPassword(found.user().id(), passwords.hash(WirePassword.ofPlain(made))))
        .map(found -> made);
  }
}

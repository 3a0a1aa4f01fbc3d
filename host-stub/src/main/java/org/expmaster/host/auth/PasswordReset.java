package org.expmaster.host.auth;

import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** A new password for someone who has lost theirs, by whoever may write to the database. */
public final class PasswordReset {
  private final UserStore users;
  private final Passwords passwords;

  public PasswordReset(Jdbi jdbi, Passwords passwords) {
    this.users = new UserStore(jdbi);
    this.passwords = passwords;
  }

  /** Makes one, and ends the user's sessions; empty where there is no such user. */
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

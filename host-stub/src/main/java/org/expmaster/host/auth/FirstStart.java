package org.expmaster.host.auth;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** The users that are always there, made at the first start. */
public final class FirstStart {
  private final UserStore users;
  private final Passwords passwords;

  public FirstStart(UserStore users, Passwords passwords) {
    this.users = users;
    this.passwords = passwords;
  }

  /**
   * Makes {@code admin} and {@code determined}, unless they are there.
   *
   * @param configured the password both get, or empty to have one made
   * @return the password that was made, to be shown once; empty if none was
   */
  public Optional<String> run(Optional<String> configured) {
    if (!users.isEmpty()) {
      return Optional.empty();
    }
    String password = configured.orElseGet(FirstStart::makeOne);
    boolean added = users.addTheFirst(passwords.hash(WirePassword.ofPlain(password)));
    return added && configured.isEmpty() ? Optional.of(password) : Optional.empty();
  }

  static String makeOne() {
    byte[] bytes = new byte[15];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().encodeToString(bytes);
  }
}

package org.expmaster.host.auth;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** Creates the initial users at the first start. */
public final class FirstStart {
  private final UserStore users;
  private final Passwords passwords;

  public FirstStart(UserStore users, Passwords passwords) {
    this.users = users;
    this.passwords = passwords;
  }

  /**
   * Creates {@code admin} and {@code determined} unless they exist.
   *
   * @param configured the password of both, or empty to generate one
   * @return the generated password, to be shown once; empty if none was generated
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

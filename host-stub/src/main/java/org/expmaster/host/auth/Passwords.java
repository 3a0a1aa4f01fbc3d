package org.expmaster.host.auth;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Salted and slow: what is stored tells nobody the password. Thread-safe. */
public final class Passwords {
  private static final String NAME = "pbkdf2-sha512";
  private static final int STANDARD_ITERATIONS = 210_000;

  private static final byte[] NO_SALT = new byte[16];

  private final SecureRandom random = new SecureRandom();
  private final int iterations;

  public Passwords() {
    this(STANDARD_ITERATIONS);
  }

  /** More iterations are slower, for an attacker too. */
  public Passwords(int iterations) {
    this.iterations = iterations;
  }

  String hash(WirePassword password) {
    byte[] salt = new byte[16];
    random.nextBytes(salt);
    return String.join(
        "$", NAME, "" + iterations, base64(salt), base64(derive(password, salt, iterations)));
  }

  boolean matches(WirePassword password, String hash) {
    String[] parts = hash.split("\\$", -1);
    byte[] salt = Base64.getDecoder().decode(parts[2]);
    byte[] expected = Base64.getDecoder().decode(parts[3]);
    return MessageDigest.isEqual(derive(password, salt, Integer.parseInt(parts[1])), expected);
  }

  /** Takes as long as {@link #matches}, so that time does not tell which users there are. */
  void spendTheTime(WirePassword password) {
    derive(password, NO_SALT, iterations);
  }

  private static byte[] derive(WirePassword password, byte[] salt, int iterations) {
    PBEKeySpec spec = new PBEKeySpec(password.text().toCharArray(), salt, iterations, 512);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has PBKDF2", e);
    } finally {
      spec.clearPassword();
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}

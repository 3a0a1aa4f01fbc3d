package org.expmaster.host.auth;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.expmaster.plugin.http.ApiException;

/**
 * Hashes passwords, salted and slowly: a stored hash reveals no password. Thread-safe.
 *
 * <p>Slow hashing costs processor time, so at most half of the processors do it at once, and a few
 * more callers wait.
 */
public final class Passwords {
  private static final String NAME = "pbkdf2-sha512";

  private static final byte[] NO_SALT = new byte[16];

  private static final int MOST_WAITING = 8;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final Semaphore places =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);
  private final SecureRandom random = new SecureRandom();
  private final int iterations;

  /**
   * @param iterations for new hashes; more are slower, for an attacker too
   */
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

  /** Takes as long as {@link #matches}, so that timing does not reveal which users exist. */
  void spendTheTime(WirePassword password) {
    derive(password, NO_SALT, iterations);
  }

  /**
   * @throws ApiException ResourceExhausted, if too many callers wait or the wait took too long
   */
  private byte[] derive(WirePassword password, byte[] salt, int iterations) {
    enter();
    try {
      return deriveNow(password, salt, iterations);
    } finally {
      places.release();
    }
  }

  private void enter() {
    try {
      if (places.getQueueLength() < MOST_WAITING
          && places.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw ApiException.exhausted("too many log in at once: try again", Duration.ofSeconds(1));
  }

  private static byte[] deriveNow(WirePassword password, byte[] salt, int iterations) {
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

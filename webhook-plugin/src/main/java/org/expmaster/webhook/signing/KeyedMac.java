package org.expmaster.webhook.signing;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 with one key, from the preferred security provider. Thread-safe. */
final class KeyedMac {
  private static final String ALGORITHM = "HmacSHA256";

  private final Source source;
  private final SecretKey key;

  /** Empty if the provider's HMAC cannot be cloned, as with some hardware and FIPS modules. */
  private final Optional<Mac> template;

  /** Creates an HMAC without a key. */
  @FunctionalInterface
  interface Source {
    Mac next() throws GeneralSecurityException;
  }

  private KeyedMac(Source source, SecretKey key, Optional<Mac> template) {
    this.source = source;
    this.key = key;
    this.template = template;
  }

  static KeyedMac of(byte[] key) {
    return of(key, () -> Mac.getInstance(ALGORITHM));
  }

  static KeyedMac of(byte[] key, Source source) {
    SecretKey secret = new SecretKeySpec(key, ALGORITHM);
    Mac first = keyed(source, secret);
    return new KeyedMac(
        source, secret, clone(first).isPresent() ? Optional.of(first) : Optional.empty());
  }

  /** Returns an unshared HMAC. Cloning costs less than setting the key, and needs no lock. */
  Mac fresh() {
    return template.flatMap(KeyedMac::clone).orElseGet(() -> keyed(source, key));
  }

  private static Mac keyed(Source source, SecretKey key) {
    try {
      Mac mac = source.next();
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException failed) {
      throw new IllegalStateException(
          "this Java's security provider does not sign with " + ALGORITHM + " and this key",
          failed);
    }
  }

  private static Optional<Mac> clone(Mac mac) {
    try {
      return Optional.of((Mac) mac.clone());
    } catch (CloneNotSupportedException another) {
      return Optional.empty();
    }
  }
}

package org.expmaster.webhook.signing;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 with one key, by whichever security provider comes first. Any thread may use it. */
final class KeyedMac {
  private static final String ALGORITHM = "HmacSHA256";

  private final Source source;
  private final SecretKey key;

  /** Empty if the provider's cannot be cloned, as those of hardware and of FIPS modules may not. */
  private final Optional<Mac> template;

  /** Gives a new HMAC that has no key yet. */
  @FunctionalInterface
  interface Source {
    Mac next() throws GeneralSecurityException;
  }

  private KeyedMac(Source source, SecretKey key, Optional<Mac> template) {
    this.source = source;
    this.key = key;
    this.template = template;
  }

  static KeyedMac of(SigningKey key) {
    return of(key, () -> Mac.getInstance(ALGORITHM));
  }

  static KeyedMac of(SigningKey key, Source source) {
    SecretKey secret = new SecretKeySpec(key.bytes(), ALGORITHM);
    Mac first = keyed(source, secret);
    return new KeyedMac(
        source, secret, clone(first).isPresent() ? Optional.of(first) : Optional.empty());
  }

  /** One that nobody else uses. A clone costs less than keying anew, and needs no lock. */
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

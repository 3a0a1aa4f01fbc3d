package org.expmaster.webhook.signing;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;

/** The secret that signs. Its text form does not show it. */
public final class SigningKey {
  private static final int MADE_BYTES = 32;

  private final String text;

  private SigningKey(String text) {
    this.text = text;
  }

  /**
   * A key that someone chose.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public static SigningKey of(String text) {
    if (Objects.requireNonNull(text, "text").isEmpty()) {
      throw new IllegalArgumentException("the signing key is empty");
    }
    return new SigningKey(text);
  }

  /** A new key of 32 random bytes, as hex. */
  static SigningKey random() {
    byte[] bytes = new byte[MADE_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new SigningKey(HexFormat.of().formatHex(bytes));
  }

  /** The key itself, for the configuration read-out and the database alone. */
  public String reveal() {
    return text;
  }

  /** What HMAC takes: the text's UTF-8 bytes, not what its hex digits might stand for. */
  byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SigningKey key && key.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "SigningKey[hidden]";
  }
}

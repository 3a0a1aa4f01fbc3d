package org.expmaster.webhook.signing;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;

/** A secret signing key. {@link #toString} does not reveal it. */
public final class SigningKey {
  private static final int MADE_BYTES = 32;

  /** The least that Standard Webhooks asks of a secret. */
  private static final int ENOUGH_BYTES = 24;

  private final String text;

  private SigningKey(String text) {
    this.text = text;
  }

  /**
   * Returns a key that the operator chose.
   *
   * @throws IllegalArgumentException if the text is empty
   */
  public static SigningKey of(String text) {
    if (Objects.requireNonNull(text, "text").isEmpty()) {
      throw new IllegalArgumentException("the signing key is empty");
    }
    return new SigningKey(text);
  }

  /** Generates a key of 32 random bytes, in hexadecimal. */
  static SigningKey random() {
    byte[] bytes = new byte[MADE_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new SigningKey(HexFormat.of().formatHex(bytes));
  }

  /** Returns whether it is so short that it might be guessed. */
  public boolean isShort() {
    return bytes().length < ENOUGH_BYTES;
  }

  /** Returns the key itself, for the configuration read-out and the database only. */
  public String reveal() {
    return text;
  }

  /** Returns the key for HMAC: the text's UTF-8 bytes, not the bytes its hex digits may encode. */
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

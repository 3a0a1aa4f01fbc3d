package org.expmaster.webhook.signing;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;

/**
 * The secret of one webhook, in the form of Standard Webhooks: {@code whsec_} and the base64 of the
 * key. {@link #toString} does not reveal it. Thread-safe.
 */
public final class WebhookSecret {
  private static final String PREFIX = "whsec_";
  private static final int BYTES = 32;

  private final String text;

  /** Made at the first delivery: few of many webhooks may ever have one. */
  private volatile KeyedMac mac;

  private WebhookSecret(String text) {
    this.text = text;
  }

  /** Generates a secret of 32 random bytes. */
  static WebhookSecret random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new WebhookSecret(PREFIX + Base64.getEncoder().encodeToString(bytes));
  }

  /** Returns a secret that was stored. */
  public static WebhookSecret stored(String text) {
    return new WebhookSecret(Objects.requireNonNull(text, "text"));
  }

  /** Returns the secret itself, for those who may edit its webhook and for the database only. */
  public String reveal() {
    return text;
  }

  KeyedMac mac() {
    KeyedMac keyed = mac;
    if (keyed == null) {
      keyed = KeyedMac.of(Base64.getDecoder().decode(text.substring(PREFIX.length())));
      mac = keyed;
    }
    return keyed;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WebhookSecret secret && secret.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "WebhookSecret[hidden]";
  }
}

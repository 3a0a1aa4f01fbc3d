package org.expmaster.host.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Verifies, as a receiver does, that a request comes from its master and is not a replay. */
record SignatureCheck(String key) {
  static final String SIGNATURE = "X-Determined-AI-Signature";
  static final String TIMESTAMP = "X-Determined-AI-Signature-Timestamp";
  private static final Duration TOO_DISTANT = Duration.ofMinutes(5);

  boolean accepts(String timestamp, String signature, byte[] body, Instant now) {
    if (timestamp == null || signature == null) {
      return false;
    }
    boolean genuine =
        MessageDigest.isEqual(sign(timestamp, body).getBytes(UTF_8), signature.getBytes(UTF_8));
    return genuine && isRecent(timestamp, now);
  }

  String sign(String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
      mac.update((timestamp + ",").getBytes(UTF_8));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has HMAC-SHA256", e);
    }
  }

  private static boolean isRecent(String timestamp, Instant now) {
    try {
      Instant sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
      return Duration.between(sent, now).abs().compareTo(TOO_DISTANT) <= 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "SignatureCheck[…]";
  }
}

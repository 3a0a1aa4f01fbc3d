package org.expmaster.webhook.signing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs request bodies. Any thread may use it.
 *
 * <p>The documented headers carry {@code hex(HMAC-SHA256(key, "<unix seconds>,<body>"))}. Beside
 * them go those of the Standard Webhooks specification, whose public libraries then verify: {@code
 * "v1," + base64(HMAC-SHA256(key, "<id>.<unix seconds>.<body>"))} with the same key bytes.
 */
public final class Signer {
  private static final String ALGORITHM = "HmacSHA256";

  private final Mac keyed;

  /** A signer with this key. */
  public Signer(SigningKey key) {
    try {
      keyed = Mac.getInstance(ALGORITHM);
      keyed.init(new SecretKeySpec(key.bytes(), ALGORITHM));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has " + ALGORITHM, impossible);
    }
  }

  /**
   * The headers that prove a body.
   *
   * @param eventId the id of what is told, the same on every attempt
   * @param at when the request is sent
   */
  public Map<String, String> headers(String eventId, Instant at, byte[] body) {
    String seconds = Long.toString(at.getEpochSecond());
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-Determined-AI-Signature-Timestamp", seconds);
    headers.put("X-Determined-AI-Signature", signature(seconds, body));
    headers.put("webhook-id", eventId);
    headers.put("webhook-timestamp", seconds);
    headers.put(
        "webhook-signature",
        "v1," + Base64.getEncoder().encodeToString(hmac(eventId + "." + seconds + ".", body)));
    return headers;
  }

  String signature(String seconds, byte[] body) {
    return HexFormat.of().formatHex(hmac(seconds + ",", body));
  }

  private byte[] hmac(String prefix, byte[] body) {
    Mac mac;
    try {
      // a clone costs less than keying anew, and needs no lock and no thread-local
      mac = (Mac) keyed.clone();
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException("the JDK's " + ALGORITHM + " can be cloned", impossible);
    }
    mac.update(prefix.getBytes(StandardCharsets.UTF_8));
    return mac.doFinal(body);
  }
}

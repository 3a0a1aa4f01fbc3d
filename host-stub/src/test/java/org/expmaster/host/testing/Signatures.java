package org.expmaster.host.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.expmaster.host.testing.WebhookReceiver.Received;

/** Verifies and makes signatures as the documentation tells authors of receivers to. */
public final class Signatures {
  private Signatures() {}

  public static boolean verifies(Received received, byte[] body, String key) {
    String timestamp = received.headers().getFirst("X-Determined-AI-Signature-Timestamp");
    String signature = received.headers().getFirst("X-Determined-AI-Signature");
    return MessageDigest.isEqual(
        sign(key, timestamp, body).getBytes(StandardCharsets.UTF_8),
        signature.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the documented signature of a body. */
  public static String sign(String key, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((timestamp + ",").getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

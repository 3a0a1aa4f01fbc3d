package org.expmaster.host.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.expmaster.host.testing.WebhookReceiver.Received;

/** Verifies signatures as the documentation tells authors of receivers to. */
public final class Signatures {
  private Signatures() {}

  public static boolean verifies(Received received, byte[] body, String key) {
    String timestamp = received.headers().getFirst("X-Determined-AI-Signature-Timestamp");
    String signature = received.headers().getFirst("X-Determined-AI-Signature");
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((timestamp + ",").getBytes(StandardCharsets.UTF_8));
      String expected = HexFormat.of().formatHex(mac.doFinal(body));
      return MessageDigest.isEqual(
          expected.getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

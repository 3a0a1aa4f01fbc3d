package org.expmaster.host.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key that a receiver knows. {@link #toString} does not reveal it. */
final class Key {
  private static final String STANDARD = "whsec_";

  /** The bytes that its text may mean. */
  private final List<byte[]> readings = new ArrayList<>();

  /** Reads a key: {@code whsec_} and base64, or any other text, which means its UTF-8 bytes. */
  Key(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("a key is empty");
    }
    readings.add(text.getBytes(UTF_8));
    if (text.startsWith(STANDARD)) {
      try {
        byte[] decoded = Base64.getDecoder().decode(text.substring(STANDARD.length()));
        if (decoded.length == 0) {
          throw new IllegalArgumentException("nothing follows");
        }
        readings.add(decoded);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "a key begins with whsec_, but the base64 of a key does not follow", e);
      }
    }
  }

  /** Returns whether this key made a signature of the prefix and the body. */
  boolean signed(String prefix, byte[] body, String signature, Function<byte[], String> encoding) {
    boolean any = false;
    for (byte[] key : readings) {
      String expected = encoding.apply(hmac(key, prefix, body));
      any |= MessageDigest.isEqual(expected.getBytes(UTF_8), signature.getBytes(UTF_8));
    }
    return any;
  }

  private static byte[] hmac(byte[] key, String prefix, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update(prefix.getBytes(UTF_8));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has HMAC-SHA256", e);
    }
  }

  @Override
  public String toString() {
    return "Key[…]";
  }
}

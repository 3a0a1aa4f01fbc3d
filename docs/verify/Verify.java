import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks whether a webhook was signed with one of your keys. Requires only Java 17 or later.
 *
 * <pre>WEBHOOK_KEYS="KEY ..." java Verify.java TIMESTAMP SIGNATURE [MAX_AGE_SECONDS] < body</pre>
 *
 * <p>If a key is not plain ASCII, Java reads it from the environment only in a UTF-8 locale.
 */
public class Verify {
  // region verify
  /** Returns whether any key signed the raw body within maxAge seconds of now (0: at any time). */
  static boolean verify(
      List<String> keys, String timestamp, byte[] body, String signature, long maxAge)
      throws GeneralSecurityException {
    // else whoever captures a delivery could move its boundary: bodies have commas, too
    if (!timestamp.matches("[0-9]{1,15}")) {
      return false;
    }
    boolean matches = false;
    for (String key : keys) {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
      mac.update((timestamp + ",").getBytes(UTF_8));
      String expected = HexFormat.of().formatHex(mac.doFinal(body));
      matches |= MessageDigest.isEqual(expected.getBytes(UTF_8), signature.getBytes(UTF_8));
    }
    long age = Instant.now().getEpochSecond() - Long.parseLong(timestamp);
    return matches && (maxAge == 0 || Math.abs(age) <= maxAge);
  }

  // endregion

  public static void main(String[] args) throws Exception {
    List<String> keys =
        Arrays.stream(System.getenv().getOrDefault("WEBHOOK_KEYS", "").split("\\s+"))
            .filter(key -> !key.isEmpty())
            .toList();
    String maxAge = args.length == 3 ? args[2] : "300";
    if (keys.isEmpty() || args.length < 2 || args.length > 3 || !maxAge.matches("[0-9]{1,9}")) {
      System.err.println(
          "usage: WEBHOOK_KEYS=\"KEY ...\" java Verify.java"
              + " TIMESTAMP SIGNATURE [MAX_AGE_SECONDS] < body");
      System.exit(2);
    }
    byte[] body = System.in.readAllBytes();
    if (verify(keys, args[0], body, args[1], Long.parseLong(maxAge))) {
      System.out.println("verified");
      return;
    }
    boolean old = verify(keys, args[0], body, args[1], 0);
    String why = "the timestamp is more than " + maxAge + " s from now";
    System.out.println("NOT verified: " + (old ? why : "the signature does not match"));
    System.exit(1);
  }
}

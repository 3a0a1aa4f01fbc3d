package org.expmaster.webhook.signing;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;

/**
 * Signs request bodies. Thread-safe.
 *
 * <p>The documented headers carry {@code hex(HMAC-SHA256(key, "<unix seconds>,<body>"))}. The
 * headers of the Standard Webhooks specification are sent as well, so that its public libraries can
 * verify a body: {@code "v1," + base64(HMAC-SHA256(key, "<id>.<unix seconds>.<body>"))} with the
 * same key bytes, once for the current key and, during a rotation, once more for the previous key.
 */
public final class Signer {
  private final SigningKeys keys;
  private final Clock clock;
  private final KeyedMac current;
  private final Optional<KeyedMac> previous;

  /**
   * Creates a signer.
   *
   * @param clock the master's clock: receivers compare its time with theirs
   */
  public Signer(SigningKeys keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
    this.current = KeyedMac.of(keys.current());
    this.previous = keys.previous().map(KeyedMac::of);
  }

  /** Returns the keys that it signs with. */
  public SigningKeys keys() {
    return keys;
  }

  /**
   * Returns the signature headers of a body that is sent now.
   *
   * @param eventId the event's id, the same for every attempt
   */
  public Map<String, String> headers(String eventId, byte[] body) {
    String seconds = Long.toString(clock.instant().getEpochSecond());
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-Determined-AI-Signature-Timestamp", seconds);
    headers.put("X-Determined-AI-Signature", signature(seconds, body));
    headers.put("webhook-id", eventId);
    headers.put("webhook-timestamp", seconds);
    String prefix = eventId + "." + seconds + ".";
    String standard = standard(current, prefix, body);
    headers.put(
        "webhook-signature",
        previous.map(mac -> standard + " " + standard(mac, prefix, body)).orElse(standard));
    return headers;
  }

  String signature(String seconds, byte[] body) {
    return HexFormat.of().formatHex(hmac(current, seconds + ",", body));
  }

  private static String standard(KeyedMac mac, String prefix, byte[] body) {
    return "v1," + Base64.getEncoder().encodeToString(hmac(mac, prefix, body));
  }

  private static byte[] hmac(KeyedMac keyed, String prefix, byte[] body) {
    Mac mac = keyed.fresh();
    mac.update(prefix.getBytes(StandardCharsets.UTF_8));
    return mac.doFinal(body);
  }
}

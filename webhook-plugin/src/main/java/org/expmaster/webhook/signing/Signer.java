package org.expmaster.webhook.signing;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import javax.crypto.Mac;

/**
 * Signs request bodies. Thread-safe.
 *
 * <p>The documented headers carry {@code hex(HMAC-SHA256(key, "<unix seconds>,<body>"))}, by the
 * master's current key. The headers of the Standard Webhooks specification are sent as well, so
 * that its public libraries can verify a body. Their signature {@code "v1," +
 * base64(HMAC-SHA256(key, "<id>.<unix seconds>.<body>"))} is there once for each key that a
 * receiver may hold: the webhook's own secret first, then the master's keys.
 */
public final class Signer {
  private final SigningKeys keys;
  private final Clock clock;
  private final Clock shared;
  private final List<KeyedMac> macs;

  /**
   * Creates a signer.
   *
   * @param clock the master's clock: receivers compare its time with theirs
   */
  public Signer(SigningKeys keys, Clock clock) {
    this(keys, clock, clock);
  }

  /**
   * Creates the signer of one of several masters.
   *
   * @param clock the master's clock: receivers compare its time with theirs
   * @param shared the time that all masters of the database share, by which secrets end
   */
  public Signer(SigningKeys keys, Clock clock, Clock shared) {
    this.keys = keys;
    this.clock = clock;
    this.shared = shared;
    this.macs = keys.all().stream().map(key -> KeyedMac.of(key.bytes())).toList();
  }

  /** Returns the keys that it signs with. */
  public SigningKeys keys() {
    return keys;
  }

  /**
   * Returns the signature headers of a body that is sent now.
   *
   * @param eventId the event's id, the same for every attempt
   * @param secrets the webhook's own
   */
  public Map<String, String> headers(String eventId, byte[] body, WebhookSecrets secrets) {
    String seconds = Long.toString(clock.instant().getEpochSecond());
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-Determined-AI-Signature-Timestamp", seconds);
    headers.put("X-Determined-AI-Signature", signature(seconds, body));
    headers.put("webhook-id", eventId);
    headers.put("webhook-timestamp", seconds);
    String prefix = eventId + "." + seconds + ".";
    StringJoiner signatures = new StringJoiner(" ");
    secrets
        .signing(shared.instant())
        .forEach(own -> signatures.add(standard(own.mac(), prefix, body)));
    macs.forEach(mac -> signatures.add(standard(mac, prefix, body)));
    headers.put("webhook-signature", signatures.toString());
    return headers;
  }

  String signature(String seconds, byte[] body) {
    return HexFormat.of().formatHex(hmac(macs.get(0), seconds + ",", body));
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

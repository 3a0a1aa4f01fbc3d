package org.expmaster.host.receiver;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Verifies, as a receiver does, that a request comes from its master and is not a replay. A
 * signature is good if any of the keys made it, so that a receiver outlives the rotation of a key.
 */
public final class SignatureCheck {
  static final String SIGNATURE = "X-Determined-AI-Signature";
  static final String TIMESTAMP = "X-Determined-AI-Signature-Timestamp";
  static final String STANDARD_ID = "webhook-id";
  static final String STANDARD_TIMESTAMP = "webhook-timestamp";
  static final String STANDARD_SIGNATURE = "webhook-signature";

  private static final Duration TOO_DISTANT = Duration.ofMinutes(5);

  /** So that no header makes a receiver compute for long. */
  private static final int MOST_SIGNATURES = 20;

  private final List<Key> keys;

  /**
   * Creates a check.
   *
   * @param keys each the key's text, or {@code whsec_} and the base64 of its bytes
   * @throws IllegalArgumentException if a key is empty, or not what its prefix says
   */
  public SignatureCheck(List<String> keys) {
    this.keys = keys.stream().map(Key::new).toList();
  }

  /** Returns whether either header verifies a delivery that arrived now. */
  public boolean accepts(Incoming delivery) {
    return documented(delivery).verified() || standard(delivery).verified();
  }

  boolean hasKeys() {
    return !keys.isEmpty();
  }

  /** Judges the documented header, which holds one signature. */
  Verdict documented(Incoming delivery) {
    String signature = delivery.header(SIGNATURE);
    String timestamp = delivery.header(TIMESTAMP);
    List<String> signatures = signature.isEmpty() ? List.of() : List.of(signature);
    return judge(timestamp, timestamp + ",", delivery, signatures, HexFormat.of()::formatHex);
  }

  /**
   * Judges the header of Standard Webhooks, which holds signatures with blanks between them. It is
   * verified if one of them is.
   */
  Verdict standard(Incoming delivery) {
    String timestamp = delivery.header(STANDARD_TIMESTAMP);
    String prefix = delivery.header(STANDARD_ID) + "." + timestamp + ".";
    List<String> signatures =
        Stream.of(delivery.header(STANDARD_SIGNATURE).split(" "))
            .filter(signature -> !signature.isEmpty())
            .limit(MOST_SIGNATURES)
            .toList();
    return judge(timestamp, prefix, delivery, signatures, this::v1);
  }

  private String v1(byte[] hmac) {
    return "v1," + Base64.getEncoder().encodeToString(hmac);
  }

  private Verdict judge(
      String timestamp,
      String prefix,
      Incoming delivery,
      List<String> signatures,
      Function<byte[], String> encoding) {
    if (signatures.isEmpty()) {
      return Verdict.not("the header is not there");
    }
    // else whoever captures a delivery could move its boundary: bodies have commas, too
    if (!timestamp.matches("[0-9]{1,15}")) {
      return Verdict.not("the timestamp is not 1 to 15 digits");
    }
    for (int i = 0; i < signatures.size(); i++) {
      for (int k = 0; k < keys.size(); k++) {
        if (keys.get(k).signed(prefix, delivery.body(), signatures.get(i), encoding)) {
          return isRecent(timestamp, delivery.at())
              ? Verdict.by(k + 1, i + 1, signatures.size())
              : Verdict.not("the timestamp " + timestamp + " is more than 5 minutes from now");
        }
      }
    }
    return Verdict.not(keys.isEmpty() ? "there is no key" : "no key matches");
  }

  private static boolean isRecent(String timestamp, Instant now) {
    Instant sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
    return Duration.between(sent, now).abs().compareTo(TOO_DISTANT) <= 0;
  }
}

package org.expmaster.host.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import java.time.Instant;
import java.util.Map;
import org.expmaster.host.testing.Signatures;

/** Requests as a master sends them, and others. */
final class Deliveries {
  static final String BODY = "{\"event_type\":\"experiment_completed\",\"timestamp\":1}";

  private Deliveries() {}

  /** Returns a request whose documented header is signed. */
  static Incoming signed(String key, long timestamp, Instant at) {
    String signature = Signatures.sign(key, "" + timestamp, BODY.getBytes(UTF_8));
    return documented(BODY, "" + timestamp, signature, at);
  }

  static Incoming documented(String body, String timestamp, String signature, Instant at) {
    return with(
        Map.of(SignatureCheck.TIMESTAMP, timestamp, SignatureCheck.SIGNATURE, signature), body, at);
  }

  static Incoming standard(String id, long timestamp, String signatures, Instant at) {
    return with(
        Map.of(
            SignatureCheck.STANDARD_ID, id,
            SignatureCheck.STANDARD_TIMESTAMP, "" + timestamp,
            SignatureCheck.STANDARD_SIGNATURE, signatures),
        BODY,
        at);
  }

  static Incoming with(Map<String, String> headers, String body, Instant at) {
    Headers all = new Headers();
    headers.forEach(all::set);
    return new Incoming("POST", "/hook", all, body.getBytes(UTF_8), true, at);
  }
}

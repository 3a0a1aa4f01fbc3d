package org.expmaster.webhook.http;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * A request ready to be sent.
 *
 * @param url the URL; it may be a secret
 * @param contentType the media type of the body
 * @param headers all other headers, including the signature
 * @param body the body; must not be modified
 * @param mayGo called once connected, right before the first byte is sent, since looking up the
 *     host and connecting take time. If it returns false, nothing is sent, and the attempt ends as
 *     {@link Outcome.Kind#CUT_SHORT}
 */
public record OutgoingRequest(
    URI url, String contentType, Map<String, String> headers, byte[] body, BooleanSupplier mayGo) {
  public OutgoingRequest {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(contentType, "contentType");
    headers = Map.copyOf(headers);
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(mayGo, "mayGo");
  }

  /** Creates a request that is never called back. */
  public OutgoingRequest(URI url, String contentType, Map<String, String> headers, byte[] body) {
    this(url, contentType, headers, body, () -> true);
  }

  /** Omits the URL, which may be a secret. */
  @Override
  public String toString() {
    return "OutgoingRequest[" + body.length + " bytes]";
  }
}

package org.expmaster.webhook.http;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * A request ready to be sent.
 *
 * @param url where to; it may be a secret
 * @param contentType in which form the body is
 * @param headers its other headers, signature included
 * @param body its body; do not change it
 * @param mayGo asked when the connection stands, right before the first byte goes out: looking the
 *     host up and connecting take time. If it may not go any more, nothing is sent, and the attempt
 *     ends as {@link Outcome.Kind#CUT_SHORT}
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

  /** One that nothing calls back. */
  public OutgoingRequest(URI url, String contentType, Map<String, String> headers, byte[] body) {
    this(url, contentType, headers, body, () -> true);
  }

  /** Without the URL, which may be a secret. */
  @Override
  public String toString() {
    return "OutgoingRequest[" + body.length + " bytes]";
  }
}

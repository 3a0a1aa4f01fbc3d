package org.expmaster.webhook.delivery;

import java.net.URI;
import java.util.Map;
import java.util.Objects;

/**
 * A request ready to be sent.
 *
 * @param url where to; it may be a secret
 * @param contentType in which form the body is
 * @param headers its other headers, signature included
 * @param body its body; do not change it
 */
public record OutgoingRequest(
    URI url, String contentType, Map<String, String> headers, byte[] body) {
  public OutgoingRequest {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(contentType, "contentType");
    headers = Map.copyOf(headers);
    Objects.requireNonNull(body, "body");
  }

  /** Without the URL, which may be a secret. */
  @Override
  public String toString() {
    return "OutgoingRequest[" + body.length + " bytes]";
  }
}

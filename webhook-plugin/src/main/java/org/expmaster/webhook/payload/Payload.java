package org.expmaster.webhook.payload;

import java.util.Objects;

/**
 * What a receiver gets.
 *
 * @param contentType in which form the body is, as HTTP names it
 * @param body the bytes as they go over the wire and are signed; do not change them
 */
public record Payload(String contentType, byte[] body) {
  public Payload {
    Objects.requireNonNull(contentType, "contentType");
    Objects.requireNonNull(body, "body");
  }
}

package org.expmaster.webhook.payload;

import java.util.Objects;

/**
 * The body of a delivery.
 *
 * @param contentType the value of the {@code Content-Type} header
 * @param body the bytes that are signed and sent; not to be modified
 */
public record Payload(String contentType, byte[] body) {
  public Payload {
    Objects.requireNonNull(contentType, "contentType");
    Objects.requireNonNull(body, "body");
  }
}

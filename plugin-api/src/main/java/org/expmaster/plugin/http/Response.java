package org.expmaster.plugin.http;

import java.util.Map;
import java.util.Objects;

/**
 * A response.
 *
 * @param status the HTTP status, 200 to 599
 * @param headers the headers, including {@code Content-Type} if there is a body
 * @param body the body's bytes
 */
public record Response(int status, Map<String, String> headers, byte[] body) {
  private static final String JSON = "application/json; charset=UTF-8";

  public Response {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("status is " + status + ", and must be 200 to 599");
    }
    headers = Map.copyOf(headers);
    Objects.requireNonNull(body, "body");
  }

  /** Returns a 200 response with a JSON document that is already encoded in UTF-8. */
  public static Response json(byte[] document) {
    return new Response(200, Map.of("Content-Type", JSON), document);
  }
}

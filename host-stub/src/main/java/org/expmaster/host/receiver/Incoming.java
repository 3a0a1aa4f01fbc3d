package org.expmaster.host.receiver;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Objects;

/**
 * A request that arrived.
 *
 * @param body its bytes, at most {@link #MOST_BYTES}
 * @param whole whether those are all
 */
@SuppressWarnings("ArrayRecordComponent") // requests are not compared
public record Incoming(
    String method, String path, Headers headers, byte[] body, boolean whole, Instant at) {
  static final int MOST_BYTES = 1_048_576;

  static Incoming read(HttpExchange exchange) throws IOException {
    InputStream in = exchange.getRequestBody();
    byte[] body = in.readNBytes(MOST_BYTES);
    return new Incoming(
        exchange.getRequestMethod(),
        Objects.requireNonNullElse(exchange.getRequestURI().getRawPath(), ""),
        exchange.getRequestHeaders(),
        body,
        body.length < MOST_BYTES || in.read() < 0,
        Instant.now());
  }

  /** Returns the first value of a header; empty if there is none. */
  String header(String name) {
    return Objects.requireNonNullElse(headers.getFirst(name), "");
  }
}

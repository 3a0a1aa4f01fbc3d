package org.expmaster.host.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The session token of a request.
 *
 * @param fromCookie whether the browser sent it automatically, as it also does for other sites'
 *     pages
 */
public record Credentials(String token, boolean fromCookie) {
  public static final String COOKIE = "auth";
  private static final String SCHEME = "bearer ";

  /** The second is what Determined's client sends from a trial's code. */
  private static final List<String> BEARERS =
      List.of("authorization", "grpc-metadata-x-allocation-token");

  /**
   * Finds the credentials; a bearer token takes precedence over a cookie.
   *
   * @param headers by lower-case name
   */
  public static Optional<Credentials> of(Map<String, String> headers) {
    for (String name : BEARERS) {
      String value = headers.getOrDefault(name, "");
      if (value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
        return Optional.of(new Credentials(value.substring(SCHEME.length()).trim(), false));
      }
    }
    for (String pair : headers.getOrDefault("cookie", "").split("[;,]", -1)) {
      String trimmed = pair.trim();
      if (trimmed.startsWith(COOKIE + "=") && trimmed.length() > COOKIE.length() + 1) {
        return Optional.of(new Credentials(trimmed.substring(COOKIE.length() + 1), true));
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return "Credentials[…]";
  }
}

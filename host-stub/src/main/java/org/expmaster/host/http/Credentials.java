package org.expmaster.host.http;

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

  /**
   * Finds the credentials; a bearer token takes precedence over a cookie.
   *
   * @param headers by lower-case name
   */
  public static Optional<Credentials> of(Map<String, String> headers) {
    String authorization = headers.getOrDefault("authorization", "");
    if (authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.of(new Credentials(authorization.substring(SCHEME.length()).trim(), false));
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

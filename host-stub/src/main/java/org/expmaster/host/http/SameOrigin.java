package org.expmaster.host.http;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.expmaster.plugin.http.ApiException;

/**
 * Refuses requests that come from other sites' pages.
 *
 * <p>A browser sends the cookie automatically. {@code SameSite} is not enough: pages on other ports
 * of the same machine are the same site. Every current browser states where an unsafe request comes
 * from. A client that does not is no browser, and sends a cookie only on purpose.
 */
final class SameOrigin {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
  private static final Set<String> OWN = Set.of("same-origin", "none");

  private static final int MOST_SHOWN = 200;

  private SameOrigin() {}

  /**
   * @throws ApiException PermissionDenied, quoting the browser's headers and, for a proxy that has
   *     replaced the Host, naming what to set
   */
  static void check(String method, Map<String, String> headers) {
    if (SAFE.contains(method)) {
      return;
    }
    String site = headers.get("sec-fetch-site");
    if (site != null) {
      if (!OWN.contains(site)) {
        throw ApiException.denied(
            "this request comes from another site's page: the browser says Sec-Fetch-Site: "
                + shown(site));
      }
      return;
    }
    String origin = headers.get("origin");
    if (origin != null && !authority(origin).equals(host(headers))) {
      throw ApiException.denied(
          "this request comes from another site's page: its Origin is %s, and the Host it came to"
                  .formatted(shown(origin))
              + " is %s. If a proxy has replaced the Host, have it pass on the browser's; in nginx:"
                  .formatted(shown(host(headers)))
              + " proxy_set_header Host $http_host;");
    }
  }

  private static String shown(String header) {
    return header.length() <= MOST_SHOWN ? header : header.substring(0, MOST_SHOWN) + "…";
  }

  /** Returns host and port; as in a Host header, a scheme's standard port is omitted. */
  private static String authority(String origin) {
    try {
      URI uri = URI.create(origin);
      String standard = "https".equals(uri.getScheme()) ? ":443" : ":80";
      String authority = String.valueOf(uri.getAuthority()).toLowerCase(Locale.ROOT);
      return authority.endsWith(standard)
          ? authority.substring(0, authority.length() - standard.length())
          : authority;
    } catch (IllegalArgumentException e) {
      return "an origin that is no URI";
    }
  }

  private static String host(Map<String, String> headers) {
    return headers.getOrDefault("host", "").toLowerCase(Locale.ROOT);
  }
}

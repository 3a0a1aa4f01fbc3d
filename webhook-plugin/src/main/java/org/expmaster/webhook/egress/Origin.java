package org.expmaster.webhook.egress;

import java.net.URI;
import java.util.Locale;

/**
 * The origin of a URL: its scheme, host and port. Spellings that lead to the same port are equal.
 *
 * @param text in lower case, without the port if it is the scheme's own
 */
public record Origin(String text) {

  /** Returns the origin of an absolute http or https URL. */
  public static Origin of(URI url) {
    String authority = String.valueOf(url.getRawAuthority());
    return of(url.getScheme(), authority.substring(authority.lastIndexOf('@') + 1));
  }

  /**
   * Returns the origin with this scheme and host.
   *
   * @param host the host and, after a colon, perhaps a port
   */
  public static Origin of(String scheme, String host) {
    String lower = scheme.toLowerCase(Locale.ROOT);
    String port = lower.equals("https") ? ":(443)?$" : ":(80)?$";
    return new Origin(lower + "://" + host.toLowerCase(Locale.ROOT).replaceFirst(port, ""));
  }
}

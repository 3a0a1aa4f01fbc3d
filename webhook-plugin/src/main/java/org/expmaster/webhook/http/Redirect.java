package org.expmaster.webhook.http;

import java.net.URI;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.expmaster.webhook.egress.Origin;

/**
 * Says where a redirect points to, without what may be a secret: of another host its name alone,
 * and of the same host only how the path differs.
 */
final class Redirect {
  private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

  private static final Pattern ABSOLUTE =
      Pattern.compile(
          "(?:(https?):)?//(?:[^/?#@]*@)?([a-z0-9._:\\[\\]-]{1,300})(?=$|[/?#])",
          Pattern.CASE_INSENSITIVE);

  /** What leads to a host, but to none that can be named. */
  private static final Pattern UNCLEAR =
      Pattern.compile("//|[a-z][a-z0-9+.-]*:", Pattern.CASE_INSENSITIVE);

  private Redirect() {}

  /** Returns whether this status is that of a redirect; 300 and 304, for instance, are not. */
  static boolean is(int status) {
    return STATUSES.contains(status);
  }

  /**
   * Returns the rest of a sentence that begins with "which".
   *
   * @param from the URL of the request
   * @param location the value of the Location header
   */
  static String words(URI from, String location) {
    Matcher absolute = ABSOLUTE.matcher(location);
    if (absolute.lookingAt()) {
      String scheme = absolute.group(1) == null ? from.getScheme() : absolute.group(1);
      String host = absolute.group(2);
      return Origin.of(scheme, host).equals(Origin.of(from))
          ? path(from, location.substring(absolute.end()))
          : "points to " + scheme + "://" + host;
    }
    return UNCLEAR.matcher(location).lookingAt() ? "points elsewhere" : path(from, location);
  }

  private static String path(URI from, String pathAndQuery) {
    String path = pathAndQuery.replaceFirst("(?s)[?#].*", "");
    String was = String.valueOf(from.getRawPath());
    if (path.equals(was)) {
      return "points to the same path of the same host";
    }
    return path.equals(was + "/")
        ? "points to the same path with a slash at the end"
        : "points to another path of the same host";
  }
}

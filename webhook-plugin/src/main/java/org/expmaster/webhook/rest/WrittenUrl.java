package org.expmaster.webhook.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.IDN;
import java.net.URI;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.webhook.egress.Host;

/**
 * A URL as people write and paste it: white space around it is dropped, an international host
 * becomes ASCII, and characters that a request line cannot hold are percent-encoded. Credentials
 * become a header. Everything else is kept byte for byte, because the receiver may compare it. No
 * error repeats the URL, which may be a secret.
 *
 * @param url the URL without credentials
 * @param authorization the value of the {@code Authorization} header, if the URL has credentials
 */
record WrittenUrl(URI url, Optional<String> authorization) {
  static final int MAX_LENGTH = 8_000;

  private static final Pattern FORM =
      Pattern.compile(
          "(https?)://([^/?#]*)([^?#]*)(\\?[^#]*)?(?:#(.*))?",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(\\[.*]|[^:\\[\\]]*)(:(\\d{0,6}))?");

  /** Letters that browsers keep in a host's name, and {@link IDN} replaces by others. */
  private static final Pattern AMBIGUOUS = Pattern.compile("[\u00df\u1e9e\u03c2\u200c\u200d]");

  private static final String IN_PATH =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/";

  private static final String IN_QUERY = IN_PATH + "?[]";

  /**
   * Reads a URL.
   *
   * @throws ApiException InvalidArgument, if it is not an absolute http or https URL with a host
   */
  static WrittenUrl read(String text) {
    String url = trimmed(text);
    if (url.isEmpty()) {
      throw ApiException.invalid("url is missing");
    }
    requireShort(url);
    RequestedWebhook.refuseUnstorable("url", url);
    if (url.chars().anyMatch(Character::isISOControl)) {
      throw ApiException.invalid("url must not hold a line end or another control character");
    }
    Matcher parts = FORM.matcher(url);
    if (!parts.matches()) {
      throw ApiException.invalid("url must be absolute, and begin with http:// or https://");
    }
    String scheme = parts.group(1);
    String authority = parts.group(2);
    int at = authority.lastIndexOf('@');
    String fragment = parts.group(5);
    String encoded =
        scheme
            + "://"
            + host(authority.substring(at + 1), scheme.equalsIgnoreCase("https"))
            + encoded(parts.group(3), IN_PATH)
            + encoded(parts.group(4), IN_QUERY)
            + (fragment == null ? "" : "#" + encoded(fragment, IN_QUERY));
    requireShort(encoded);
    return new WrittenUrl(
        parsed(encoded),
        at < 0 ? Optional.empty() : Optional.of(Credentials.basic(authority.substring(0, at))));
  }

  /** Omits both, which may be secrets. */
  @Override
  public String toString() {
    return "WrittenUrl[hidden]";
  }

  private static void requireShort(String url) {
    if (url.length() > MAX_LENGTH) {
      throw ApiException.invalid(
          "url has " + url.length() + " characters, and may have " + MAX_LENGTH);
    }
  }

  private static URI parsed(String encoded) {
    try {
      return URI.create(encoded);
    } catch (IllegalArgumentException malformed) {
      // its message repeats the URL
      throw ApiException.invalid("url is not valid");
    }
  }

  /** Drops white space and invisible characters at both ends, in one pass: text may be long. */
  private static String trimmed(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isBlank(text.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isBlank(char c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.getType(c) == Character.FORMAT;
  }

  private static String host(String text, boolean isTls) {
    Matcher parts = HOST_AND_PORT.matcher(text);
    if (!parts.matches() || parts.group(1).isEmpty() || !isPort(parts.group(3))) {
      throw ApiException.invalid("url must name a host, and a port, if any, from 1 to 65535");
    }
    String host = ascii(parts.group(1));
    if (Host.parse(host).isEmpty()) {
      throw ApiException.invalid("url must have a host that is " + Host.FORM);
    }
    if (isTls && host.contains("_")) {
      throw ApiException.invalid(
          "url must have a host without an underscore where it begins with https://: Java accepts no"
              + " certificate for such a name");
    }
    return host + (parts.group(2) == null ? "" : parts.group(2));
  }

  private static boolean isPort(String text) {
    return text == null
        || text.isEmpty()
        || Integer.parseInt(text) > 0 && Integer.parseInt(text) <= 65_535;
  }

  private static String ascii(String host) {
    if (host.chars().allMatch(c -> c < 128)) {
      return host;
    }
    if (AMBIGUOUS.matcher(host).find()) {
      throw ApiException.invalid(
          "url's host holds a letter that not all programs read alike; write the host as it is"
              + " registered, beginning with xn--");
    }
    try {
      return IDN.toASCII(host, IDN.ALLOW_UNASSIGNED);
    } catch (IllegalArgumentException notAName) {
      return "";
    }
  }

  private static String encoded(String text, String allowed) {
    if (text == null) {
      return "";
    }
    StringBuilder encoded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      String one = Character.toString(c);
      if (allowed.indexOf(c) >= 0 || isEscape(text, i)) {
        encoded.append(one);
      } else {
        for (byte unit : one.getBytes(UTF_8)) {
          encoded.append('%').append("%02X".formatted(unit & 0xff));
        }
      }
      i += Character.charCount(c);
    }
    return encoded.toString();
  }

  /** Whether a percent sign begins an escape that is encoded already. */
  private static boolean isEscape(String text, int at) {
    return text.charAt(at) == '%'
        && at + 2 < text.length()
        && HexFormat.isHexDigit(text.charAt(at + 1))
        && HexFormat.isHexDigit(text.charAt(at + 2));
  }
}

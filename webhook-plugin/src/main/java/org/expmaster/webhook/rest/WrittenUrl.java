package org.expmaster.webhook.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.IDN;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.webhook.egress.Host;

/**
 * Reads a URL as people write and paste it: white space around it is dropped, an international host
 * becomes ASCII, and characters that a request line cannot hold are percent-encoded. Everything
 * else is kept byte for byte, because the receiver may compare it. No error repeats the URL, which
 * may be a secret.
 */
final class WrittenUrl {
  static final int MAX_LENGTH = 8_000;

  private static final Pattern FORM =
      Pattern.compile("(https?)://([^/?#]*)([^?#]*)(\\?[^#]*)?(#.*)?", Pattern.CASE_INSENSITIVE);

  private static final Pattern AUTHORITY = Pattern.compile("(\\[.*]|[^:\\[\\]]*)(:(\\d{0,6}))?");
  private static final Pattern AROUND = Pattern.compile("^[\\s\\p{Z}]+|[\\s\\p{Z}]+$");

  private static final String IN_PATH =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/";

  private static final String IN_QUERY = IN_PATH + "?[]#";

  private WrittenUrl() {}

  /**
   * Reads a URL.
   *
   * @throws ApiException InvalidArgument, if it is not an absolute http or https URL with a host
   */
  static URI read(String text) {
    String url = AROUND.matcher(text).replaceAll("");
    if (url.isEmpty()) {
      throw ApiException.invalid("url is missing");
    }
    if (url.length() > MAX_LENGTH) {
      throw ApiException.invalid(
          "url has " + url.length() + " characters, and may have " + MAX_LENGTH);
    }
    RequestedWebhook.refuseUnstorable("url", url);
    if (url.chars().anyMatch(Character::isISOControl)) {
      throw ApiException.invalid("url must not hold a line end or another control character");
    }
    Matcher parts = FORM.matcher(url);
    if (!parts.matches()) {
      throw ApiException.invalid("url must be absolute, and begin with http:// or https://");
    }
    return URI.create(
        parts.group(1)
            + "://"
            + authority(parts.group(2))
            + encoded(parts.group(3), IN_PATH)
            + encoded(parts.group(4), IN_QUERY)
            + encoded(parts.group(5), IN_QUERY));
  }

  private static String authority(String text) {
    if (text.contains("@")) {
      throw ApiException.invalid("url must not hold a user name or password");
    }
    Matcher parts = AUTHORITY.matcher(text);
    if (!parts.matches() || parts.group(1).isEmpty() || !isPort(parts.group(3))) {
      throw ApiException.invalid("url must name a host, and a port, if any, from 1 to 65535");
    }
    String host = ascii(parts.group(1));
    if (Host.parse(host).isEmpty()) {
      throw ApiException.invalid("url must have a host that is " + Host.FORM);
    }
    return host + (parts.group(2) == null ? "" : parts.group(2));
  }

  private static boolean isPort(String text) {
    return text == null
        || text.isEmpty()
        || Integer.parseInt(text) > 0 && Integer.parseInt(text) <= 65_535;
  }

  private static String ascii(String host) {
    try {
      return host.chars().allMatch(c -> c < 128) ? host : IDN.toASCII(host, IDN.ALLOW_UNASSIGNED);
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
        && Character.digit(text.charAt(at + 1), 16) >= 0
        && Character.digit(text.charAt(at + 2), 16) >= 0;
  }
}

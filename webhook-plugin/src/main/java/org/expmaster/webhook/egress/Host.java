package org.expmaster.webhook.egress;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host as written in a URL: a name, or a literal address in full.
 *
 * <p>Everything else is rejected. {@code 127.1}, {@code 0177.0.0.1}, {@code 0x7f.1} and {@code
 * 2130706433} are loopback to some resolvers, and another address, a name or nothing to other
 * resolvers and other JDK versions; a rejected host cannot be misread. An IPv6 zone ({@code
 * fe80::1%eth0}) has a meaning on one machine only.
 *
 * @param text the host as in the URL, in lower case; an IPv6 address keeps its brackets
 * @param address the address, if the text is a literal address
 */
public record Host(String text, Optional<InetAddress> address) {
  /** Describes a valid host; to be read after "must be". */
  public static final String FORM =
      "a name or an address in full, such as hooks.example, 192.0.2.7 or [2001:db8::7]";

  private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final String QUAD = BYTE + "(\\." + BYTE + "){3}";
  private static final Pattern V4 = Pattern.compile(QUAD);
  private static final Pattern V6 = Pattern.compile("[0-9a-f:]*:([0-9a-f]*|" + QUAD + ")");

  private static final Pattern IN_BRACKETS = Pattern.compile("\\[(.*:.*)]");
  private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
  private static final Pattern NAME =
      Pattern.compile("(?=.{1,254}$)(" + LABEL + "\\.)*" + LABEL + "\\.?");

  /** Matches names that a resolver may read as a shortened address. */
  private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(.*\\.)?(\\d+|0x[0-9a-f]*)\\.?");

  private static final Pattern PORT = Pattern.compile(":\\d*$");

  private static final Pattern LOCALHOST = Pattern.compile("(.*\\.)?localhost\\.?");

  public Host {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(address, "address");
  }

  /**
   * Parses a host.
   *
   * @param text the result of {@link java.net.URI#getHost}, may be null
   * @return empty if the text is not of the {@link #FORM}
   */
  public static Optional<Host> parse(String text) {
    String host = text == null ? "" : text.toLowerCase(Locale.ROOT);
    Matcher brackets = IN_BRACKETS.matcher(host);
    Optional<InetAddress> address = brackets.matches() ? v6(brackets.group(1)) : v4(host);
    return address.isPresent() || isName(host)
        ? Optional.of(new Host(host, address))
        : Optional.empty();
  }

  private static boolean isName(String host) {
    return NAME.matcher(host).matches() && !ENDS_IN_NUMBER.matcher(host).matches();
  }

  /** Returns the host of a URL; empty if it has none of the {@link #FORM}. */
  public static Optional<Host> of(URI url) {
    return Optional.ofNullable(url.getHost())
        // a name with an underscore is no host to URI, but to name servers it is
        .or(() -> Optional.ofNullable(url.getRawAuthority()).map(Host::withoutPort))
        .flatMap(Host::parse);
  }

  private static String withoutPort(String authority) {
    return PORT.matcher(authority).replaceFirst("");
  }

  /** Returns its own address, or loopback for localhost (RFC 6761): no resolver may differ. */
  Optional<InetAddress> knownAnywhere() {
    return LOCALHOST.matcher(text).matches()
        ? Optional.of(InetAddress.getLoopbackAddress())
        : address;
  }

  /** Parses a literal address, IPv6 without brackets. An IPv4-mapped one becomes IPv4. */
  static Optional<InetAddress> address(String text) {
    return v4(text).or(() -> v6(text.toLowerCase(Locale.ROOT)));
  }

  private static Optional<InetAddress> v4(String text) {
    return V4.matcher(text).matches() ? read(text) : Optional.empty();
  }

  private static Optional<InetAddress> v6(String text) {
    // the brackets keep the JDK from looking it up as a name
    return V6.matcher(text).matches() ? read("[" + text + "]") : Optional.empty();
  }

  private static Optional<InetAddress> read(String literal) {
    try {
      return Optional.of(InetAddress.getByName(literal));
    } catch (UnknownHostException malformed) {
      return Optional.empty();
    }
  }
}

package org.expmaster.webhook.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A range of addresses.
 *
 * @param first the first address of the range
 * @param prefix the prefix length, in bits
 */
public record Network(InetAddress first, int prefix) {

  /** Throws an {@link IllegalArgumentException} whose message says what the range must be. */
  public Network {
    int bits = 8 * first.getAddress().length;
    if (prefix < 0 || prefix > bits) {
      throw new IllegalArgumentException("must have a prefix of 0 to " + bits);
    }
    InetAddress begin = begin(first, prefix);
    if (!first.equals(begin)) {
      throw new IllegalArgumentException(
          "must begin at " + begin.getHostAddress() + ", where its prefix has it begin");
    }
  }

  /**
   * Parses {@code 10.0.0.0/8}, {@code fd00::/8}, or a single address.
   *
   * @throws IllegalArgumentException if the text is no such range; the message says what it must be
   */
  public static Network parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    InetAddress first =
        Host.address(address)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "must be a network such as 10.0.0.0/8 or fd00::/8, or one address"));
    String prefix =
        slash < 0 ? String.valueOf(8 * first.getAddress().length) : text.substring(slash + 1);
    return new Network(first, prefix.matches("0|[1-9]\\d{0,2}") ? Integer.parseInt(prefix) : -1);
  }

  /** Returns whether the range contains an address. No IPv6 range, not even ::/0, contains IPv4. */
  boolean contains(InetAddress address) {
    byte[] ours = first.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int i = 0; i < ours.length; i++) {
      if (((ours[i] ^ theirs[i]) & mask(prefix, i)) != 0) {
        return false;
      }
    }
    return true;
  }

  private static InetAddress begin(InetAddress address, int prefix) {
    byte[] bytes = address.getAddress();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] &= (byte) mask(prefix, i);
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("4 or 16 bytes are an address", impossible);
    }
  }

  /** Returns the bits of the byte at an index that belong to the prefix. */
  private static int mask(int prefix, int index) {
    int kept = Math.max(0, Math.min(8, prefix - 8 * index));
    return 0xff & (0xff << (8 - kept));
  }
}

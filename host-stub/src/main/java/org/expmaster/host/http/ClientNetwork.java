package org.expmaster.host.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HexFormat;

/**
 * Who is at the other end of a connection, as far as an address tells: the address, or the first
 * half of an IPv6 one, since a host chooses the other half as it likes.
 *
 * <p>What a header says of another address is not read: anyone can write one.
 */
public record ClientNetwork(String text) {
  private static final int NETWORK_BYTES = 8;

  static ClientNetwork of(SocketAddress remote) {
    return remote instanceof InetSocketAddress internet
        ? of(internet.getAddress())
        : new ClientNetwork(String.valueOf(remote));
  }

  static ClientNetwork of(InetAddress address) {
    return new ClientNetwork(
        address instanceof Inet6Address
            ? HexFormat.of().formatHex(address.getAddress(), 0, NETWORK_BYTES) + "/64"
            : address.getHostAddress());
  }
}

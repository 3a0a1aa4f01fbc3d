package org.expmaster.host.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HexFormat;

/**
 * The network of a client: its address, or the first half of an IPv6 address, because a host
 * chooses the other half freely.
 *
 * <p>Headers that claim another address are ignored: anyone can write one.
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

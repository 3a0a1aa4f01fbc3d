package org.expmaster.webhook.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Decides which addresses webhooks may be sent to: public addresses, and networks that the operator
 * allows. Otherwise anyone who may create a webhook could reach, through the master, what only the
 * master can reach: its own host, its network, and its cloud's metadata service.
 */
public final class AddressGuard {
  private static final List<Network> V4_REFUSED =
      networks(
          "0.0.0.0/8", // this host, this network
          "10.0.0.0/8", // private
          "100.64.0.0/10", // carrier-grade NAT
          "127.0.0.0/8", // loopback
          "168.63.129.16", // Azure's host agent: looks public, but is internal
          "169.254.0.0/16", // link-local, which includes the metadata service of most clouds
          "172.16.0.0/12", // private
          "192.0.0.0/24", // protocol assignments
          "192.0.2.0/24", // documentation
          "192.88.99.0/24", // 6to4 relays
          "192.168.0.0/16", // private
          "198.18.0.0/15", // benchmarks
          "198.51.100.0/24", // documentation
          "203.0.113.0/24", // documentation
          "224.0.0.0/3"); // multicast, reserved, broadcast

  /**
   * Global unicast, the only part of IPv6 that is allocated to the public. It excludes loopback,
   * unspecified, unique local, link-local, site-local, multicast, IPv4-compatible, IPv4-translated
   * and local NAT64 addresses, and all ranges that may be assigned in future.
   */
  private static final Network V6_GLOBAL = Network.parse("2000::/3");

  private static final List<Network> V6_REFUSED =
      networks(
          "2001::/23", // protocol assignments: Teredo, benchmarks, ORCHID
          "2001:db8::/32", // documentation
          "2002::/16", // 6to4
          "3fff::/20"); // documentation

  /**
   * The only IPv6 form that is judged by the IPv4 address embedded in it: on an IPv6-only network,
   * DNS64 produces this form for every IPv4-only receiver. All other forms with an embedded IPv4
   * address are refused: no receiver depends on them any more, and the position of the IPv4 address
   * in a local NAT64 address cannot be known here. IPv4-mapped addresses never get here: the JDK
   * turns them into IPv4 addresses, which are then checked and connected to.
   */
  private static final Network NAT64 = Network.parse("64:ff9b::/96");

  private final List<Network> allowed;
  private final OwnAddresses own;

  /**
   * Creates a guard.
   *
   * @param allowed networks that are always permitted, even if private
   * @param own addresses that are refused even if public, unless allowed
   */
  public AddressGuard(List<Network> allowed, OwnAddresses own) {
    this.allowed = List.copyOf(allowed);
    this.own = own;
  }

  /** Returns whether webhooks may be sent to this address. */
  public boolean permits(InetAddress address) {
    return anyContains(allowed, address) || (isPublic(address) && !own.contain(address));
  }

  private boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length == 4) {
      return !anyContains(V4_REFUSED, address);
    }
    if (NAT64.contains(address)) {
      return permits(v4(Arrays.copyOfRange(bytes, 12, 16)));
    }
    return V6_GLOBAL.contains(address) && !anyContains(V6_REFUSED, address);
  }

  private static boolean anyContains(List<Network> networks, InetAddress address) {
    for (Network network : networks) {
      if (network.contains(address)) {
        return true;
      }
    }
    return false;
  }

  private static InetAddress v4(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("four bytes are an address", impossible);
    }
  }

  private static List<Network> networks(String... texts) {
    return Stream.of(texts).map(Network::parse).toList();
  }
}

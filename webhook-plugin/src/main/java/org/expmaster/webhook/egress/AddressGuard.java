package org.expmaster.webhook.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses webhooks may be sent to: those that anyone on the internet could reach as well,
 * and those that the operator lists. Whoever may create a webhook would otherwise reach through the
 * master what only the master can: its own host, its network, the metadata of its cloud.
 */
public final class AddressGuard {
  private static final List<Network> V4_REFUSED =
      networks(
          "0.0.0.0/8", // this host, this network
          "10.0.0.0/8", // private
          "100.64.0.0/10", // shared behind carriers' NAT
          "127.0.0.0/8", // loopback
          "168.63.129.16", // the host agent of Azure's machines: global in form, inside in fact
          "169.254.0.0/16", // link-local, and most clouds' metadata
          "172.16.0.0/12", // private
          "192.0.0.0/24", // protocol assignments
          "192.0.2.0/24", // documentation
          "192.88.99.0/24", // relays of 6to4
          "192.168.0.0/16", // private
          "198.18.0.0/15", // benchmarks
          "198.51.100.0/24", // documentation
          "203.0.113.0/24", // documentation
          "224.0.0.0/3"); // multicast, reserved, broadcast

  /**
   * All of IPv6 that is given out to the public. Outside are loopback, the unspecified address,
   * unique local, link-local, site-local, multicast, IPv4-compatible, IPv4-translated and local
   * NAT64 addresses, and whatever will be invented.
   */
  private static final Network V6_GLOBAL = Network.parse("2000::/3");

  private static final List<Network> V6_REFUSED =
      networks(
          "2001::/23", // protocol assignments: Teredo, benchmarks, ORCHID
          "2001:db8::/32", // documentation
          "2002::/16", // 6to4
          "3fff::/20"); // documentation

  /**
   * The one form with an IPv4 address in it that is judged by that address: where a network has
   * IPv6 only, DNS64 gives this form to every receiver that has IPv4 only. The others are refused
   * whatever they hold: nobody is reached by them alone any more, and where a local NAT64 keeps the
   * IPv4 address cannot be told from outside. (IPv4-mapped ones never come here: the JDK makes IPv4
   * addresses of them, as which they are connected to, and judged.)
   */
  private static final Network NAT64 = Network.parse("64:ff9b::/96");

  private final List<Network> allowed;
  private final OwnAddresses own;

  /**
   * A guard that lets these networks through, whatever they are.
   *
   * @param own what else is refused, although it is public
   */
  public AddressGuard(List<Network> allowed, OwnAddresses own) {
    this.allowed = List.copyOf(allowed);
    this.own = own;
  }

  /** Whether webhooks may be sent to this address. */
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

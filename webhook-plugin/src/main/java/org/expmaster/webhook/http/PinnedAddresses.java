package org.expmaster.webhook.http;

import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.hc.client5.http.DnsResolver;
import org.expmaster.webhook.egress.Destination;

/**
 * The checked addresses of attempts in progress. The HTTP client connects only to these, since it
 * has no other resolver. So a name that changes between the check and the connection has no effect.
 */
final class PinnedAddresses implements DnsResolver {
  private final ConcurrentMap<String, Pin> pins = new ConcurrentHashMap<>();

  /** The holders are counted while the map locks the entry of the host. */
  private static final class Pin {
    private volatile List<InetAddress> addresses;
    private int holders = 1;

    Pin(List<InetAddress> addresses) {
      this.addresses = addresses;
    }

    Pin hold(List<InetAddress> newest) {
      addresses = newest;
      holders++;
      return this;
    }

    boolean release() {
      return --holders == 0;
    }
  }

  /** Pins a destination. The newest one of a host is used, since all have been checked. */
  void hold(Destination.Allowed destination) {
    pins.merge(
        destination.connectTo().text(),
        new Pin(destination.addresses()),
        (held, added) -> held.hold(added.addresses));
  }

  /** Undoes one {@link #hold}; the last one unpins the host. Needs no memory. */
  void release(Destination.Allowed destination) {
    pins.computeIfPresent(
        destination.connectTo().text(), (host, pin) -> pin.release() ? null : pin);
  }

  /** Returns the number of pinned hosts. */
  int size() {
    return pins.size();
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    Pin pin = pins.get(ascii(host).toLowerCase(Locale.ROOT));
    if (pin == null) {
      // its attempt has ended meanwhile
      throw new UnknownHostException("not vetted: " + host);
    }
    return pin.addresses.toArray(InetAddress[]::new);
  }

  /** Undoes what the client does to international names, which it shows as people read them. */
  private static String ascii(String host) {
    return host.chars().allMatch(c -> c < 128) ? host : IDN.toASCII(host, IDN.ALLOW_UNASSIGNED);
  }

  /** Called for Kerberos authentication, which is not used. */
  @Override
  public String resolveCanonicalHostname(String host) throws UnknownHostException {
    throw new UnknownHostException(host);
  }
}

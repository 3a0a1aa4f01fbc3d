package org.expmaster.webhook.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.hc.client5.http.DnsResolver;
import org.expmaster.webhook.egress.Destination;

/**
 * The addresses that were vetted for attempts under way: the HTTP client connects to these, and has
 * no other way to learn an address. A name that changes between vetting and connecting changes
 * nothing.
 */
final class PinnedAddresses implements DnsResolver {
  private final ConcurrentMap<String, Pin> pins = new ConcurrentHashMap<>();

  /** Its holders are counted while the map holds its lock on the host. */
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

  /** Pins a destination; the newest of a host counts, since all were vetted. */
  void hold(Destination.Allowed destination) {
    pins.merge(
        destination.connectTo().text(),
        new Pin(destination.addresses()),
        (held, added) -> held.hold(added.addresses));
  }

  /** Takes back one {@link #hold}; the last one unpins. It needs no memory. */
  void release(Destination.Allowed destination) {
    pins.computeIfPresent(
        destination.connectTo().text(), (host, pin) -> pin.release() ? null : pin);
  }

  /** How many hosts are pinned. */
  int size() {
    return pins.size();
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    Pin pin = pins.get(host.toLowerCase(Locale.ROOT));
    if (pin == null) {
      // its attempt has ended meanwhile
      throw new UnknownHostException("not vetted: " + host);
    }
    return pin.addresses.toArray(InetAddress[]::new);
  }

  /** Asked by Kerberos authentication, which is not used. */
  @Override
  public String resolveCanonicalHostname(String host) throws UnknownHostException {
    throw new UnknownHostException(host);
  }
}

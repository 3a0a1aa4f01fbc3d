package org.expmaster.webhook.delivery;

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

  private record Pin(List<InetAddress> addresses, int holders) {}

  /** Pins a destination; the newest of a host counts, since all were vetted. */
  void hold(Destination.Allowed destination) {
    pins.merge(
        destination.connectTo().text(),
        new Pin(destination.addresses(), 1),
        (old, added) -> new Pin(added.addresses(), old.holders() + 1));
  }

  /** Takes back one {@link #hold}; the last one unpins. */
  void release(Destination.Allowed destination) {
    pins.computeIfPresent(
        destination.connectTo().text(),
        (host, pin) -> pin.holders() == 1 ? null : new Pin(pin.addresses(), pin.holders() - 1));
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
    return pin.addresses().toArray(InetAddress[]::new);
  }

  /** Asked by Kerberos authentication, which is not used. */
  @Override
  public String resolveCanonicalHostname(String host) throws UnknownHostException {
    throw new UnknownHostException(host);
  }
}

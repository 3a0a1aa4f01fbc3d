package org.expmaster.webhook.egress;

import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Tells where a request to a host would go, and whether it may.
 *
 * <p>One address that may not be sent to refuses a name, whatever its others are: which of them is
 * connected to is chance, or the choice of whoever owns the name.
 *
 * <p>With a proxy it is the proxy that resolves names, and perhaps to other addresses than this
 * machine would; only hosts that are addresses (and localhost) can be judged here. The proxy itself
 * is the operator's choice and may be anywhere.
 *
 * <p>Thread-safe.
 */
public final class Destinations implements AutoCloseable {
  private final AddressGuard guard;
  private final Optional<URI> proxy;
  private final Optional<Host> proxyHost;
  private final HostLookup lookup;

  /**
   * Destinations under a guard.
   *
   * @param proxy the HTTP proxy that every request goes through, if any
   * @param clock a steady one, by which what was looked up grows old
   */
  public Destinations(AddressGuard guard, Optional<URI> proxy, NameService names, Clock clock) {
    this.guard = guard;
    this.proxy = proxy;
    this.proxyHost = proxy.map(url -> Host.parse(url.getHost()).orElseThrow());
    this.lookup = new HostLookup(names, clock);
  }

  /** The HTTP proxy that every request goes through, if any. */
  public Optional<URI> proxy() {
    return proxy;
  }

  /** Where a request to this host would go now. Returns at once, the answer may take its time. */
  public CompletableFuture<Destination> find(Host host) {
    Optional<InetAddress> known = proxy.isPresent() ? host.knownAnywhere() : host.address();
    if (known.isPresent() && !guard.permits(known.get())) {
      return CompletableFuture.completedFuture(new Destination.Refused());
    }
    Host connectTo = proxyHost.orElse(host);
    return addresses(connectTo).thenApply(addresses -> judge(connectTo, addresses));
  }

  private CompletableFuture<List<InetAddress>> addresses(Host host) {
    return host.address()
        .map(address -> CompletableFuture.completedFuture(List.of(address)))
        .orElseGet(() -> lookup.find(host.text()));
  }

  private Destination judge(Host connectTo, List<InetAddress> addresses) {
    if (addresses.isEmpty()) {
      return new Destination.Unknown();
    }
    return proxy.isPresent() || addresses.stream().allMatch(guard::permits)
        ? new Destination.Allowed(connectTo, addresses)
        : new Destination.Refused();
  }

  /** Ends the threads of look-ups under way, each at its end; those look-ups are not answered. */
  @Override
  public void close() {
    lookup.close();
  }
}

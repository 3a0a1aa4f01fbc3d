package org.expmaster.webhook.egress;

import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Resolves hosts and checks whether requests may be sent to them.
 *
 * <p>One forbidden address refuses the whole name, whatever its other addresses: which one is
 * connected to is left to chance, or to whoever controls the name.
 *
 * <p>With a proxy, the proxy resolves names, possibly to other addresses than this machine would.
 * Only literal addresses and localhost can then be checked here. The proxy itself is the operator's
 * choice and may have any address.
 *
 * <p>Thread-safe.
 */
public final class Destinations implements AutoCloseable {
  private final AddressGuard guard;
  private final Optional<URI> proxy;
  private final Optional<Host> proxyHost;
  private final HostLookup lookup;

  /**
   * Creates the check.
   *
   * @param proxy the HTTP proxy that every request goes through, if any
   * @param clock a steady clock, by which cached look-ups expire
   */
  public Destinations(AddressGuard guard, Optional<URI> proxy, NameService names, Clock clock) {
    this.guard = guard;
    this.proxy = proxy;
    this.proxyHost = proxy.map(url -> Host.parse(url.getHost()).orElseThrow());
    this.lookup = new HostLookup(names, clock);
  }

  /** Returns the HTTP proxy that every request goes through, if any. */
  public Optional<URI> proxy() {
    return proxy;
  }

  /** Resolves and checks a host. Returns at once; the future may take as long as a look-up. */
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

  /** Stops the look-up threads, each after its current look-up; others may never complete. */
  @Override
  public void close() {
    lookup.close();
  }
}

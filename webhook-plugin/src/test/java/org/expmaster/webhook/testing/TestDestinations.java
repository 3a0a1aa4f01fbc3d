package org.expmaster.webhook.testing;

import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.expmaster.webhook.egress.AddressGuard;
import org.expmaster.webhook.egress.Destinations;
import org.expmaster.webhook.egress.NameService;
import org.expmaster.webhook.egress.Network;
import org.expmaster.webhook.egress.OwnAddresses;

/** Creates destinations for tests, which must close them. */
public final class TestDestinations {
  private TestDestinations() {}

  /** Creates destinations that allow public addresses and these networks, and use these names. */
  public static Destinations direct(NameService names, Clock clock, String... allowed) {
    return new Destinations(guard(allowed), Optional.empty(), names, clock);
  }

  /** Creates destinations that are reached through a proxy. */
  public static Destinations through(String proxy, NameService names, String... allowed) {
    return new Destinations(
        guard(allowed), Optional.of(URI.create(proxy)), names, new TurnableClock());
  }

  /** Creates a guard that permits public addresses and these networks. */
  public static AddressGuard guard(String... allowed) {
    return new AddressGuard(
        Stream.of(allowed).map(Network::parse).toList(),
        // no own addresses: those of the machine that runs the tests vary
        new OwnAddresses(Set::of, new TurnableClock()));
  }
}

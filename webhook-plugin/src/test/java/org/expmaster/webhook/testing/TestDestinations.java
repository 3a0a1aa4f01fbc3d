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

/** Destinations as a test needs them; whoever gets one closes it. */
public final class TestDestinations {
  private TestDestinations() {}

  /** All that is public, these networks, and these names. */
  public static Destinations direct(NameService names, Clock clock, String... allowed) {
    return new Destinations(guard(allowed), Optional.empty(), names, clock);
  }

  /** The same through a proxy. */
  public static Destinations through(String proxy, NameService names, String... allowed) {
    return new Destinations(
        guard(allowed), Optional.of(URI.create(proxy)), names, new TurnableClock());
  }

  /** A guard that lets these networks through. */
  public static AddressGuard guard(String... allowed) {
    return new AddressGuard(
        Stream.of(allowed).map(Network::parse).toList(),
        // what runs the tests has whatever addresses it has
        new OwnAddresses(Set::of, new TurnableClock()));
  }
}

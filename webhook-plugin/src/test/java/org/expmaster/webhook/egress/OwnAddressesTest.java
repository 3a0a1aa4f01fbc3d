package org.expmaster.webhook.egress;

import static org.expmaster.webhook.testing.ScriptedNames.address;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.SocketException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.expmaster.webhook.testing.TurnableClock;
import org.junit.jupiter.api.Test;

/** The master's own addresses are refused, public or not. */
final class OwnAddressesTest {
  private static final InetAddress V4 = address("8.8.4.4");
  private static final InetAddress V6 = address("2600::7");
  private static final InetAddress OTHERS = address("8.8.8.8");

  private final TurnableClock clock = new TurnableClock();
  private final AtomicInteger looks = new AtomicInteger();
  private volatile Set<InetAddress> addresses = Set.of(V4, V6);
  private volatile boolean fails;

  private final OwnAddresses own = new OwnAddresses(this::look, clock);

  private Set<InetAddress> look() throws SocketException {
    looks.incrementAndGet();
    if (fails) {
      throw new SocketException("made up by a test");
    }
    return addresses;
  }

  @Test
  void theyAreRefusedUnlessAllowed() {
    AddressGuard guard = new AddressGuard(List.of(), own);
    assertFalse(guard.permits(V4));
    assertFalse(guard.permits(V6));
    assertFalse(guard.permits(address("2600:0:0:0:0:0:0:7")));
    assertFalse(guard.permits(address("64:ff9b::8.8.4.4")), "by way of NAT64");
    assertTrue(guard.permits(OTHERS));

    AddressGuard open = new AddressGuard(List.of(Network.parse("8.8.4.0/24")), own);
    assertTrue(open.permits(V4));
    assertFalse(open.permits(V6));
  }

  @Test
  void oneThatComesLaterIsKnownSoonAndOneThatGoesIsForgotten() {
    addresses = Set.of(OTHERS);
    assertTrue(own.contain(V4));
    clock.turn(OwnAddresses.FRESH);
    assertFalse(own.contain(V4));
    assertTrue(own.contain(OTHERS));
    int before = looks.get();
    own.contain(V4);
    assertTrue(looks.get() == before, "they are not looked up at every delivery");
  }

  @Test
  void whereLookingFailsWhatWasSeenLastCounts() {
    fails = true;
    clock.turn(OwnAddresses.FRESH);
    assertTrue(own.contain(V4));
    fails = false;
    addresses = Set.of();
    clock.turn(OwnAddresses.FRESH);
    assertFalse(own.contain(V4));
  }

  @Test
  void thisMachineHasSome() {
    OwnAddresses machines = new OwnAddresses(OwnAddresses.Interfaces.SYSTEM, clock);
    assertTrue(machines.contain(InetAddress.getLoopbackAddress()));
  }
}

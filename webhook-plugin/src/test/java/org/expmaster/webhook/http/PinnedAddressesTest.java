package org.expmaster.webhook.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.expmaster.webhook.egress.Destination;
import org.expmaster.webhook.egress.Host;
import org.expmaster.webhook.testing.ScriptedNames;
import org.junit.jupiter.api.Test;

/** The HTTP client's only source of addresses. */
final class PinnedAddressesTest {
  private static final InetAddress A = ScriptedNames.address("192.0.2.1");
  private static final InetAddress B = ScriptedNames.address("2001:db8::1");

  private final PinnedAddresses pins = new PinnedAddresses();

  @Test
  void whatNobodyHadVettedIsUnknownEvenAnAddress() {
    assertUnknown("localhost");
    assertUnknown("127.0.0.1");
    assertUnknown("[::1]");
  }

  @Test
  void whatIsHeldIsAnsweredWhateverItsCase() throws Exception {
    pins.hold(allowed("hooks.example", A, B));
    assertArrayEquals(new InetAddress[] {A, B}, pins.resolve("Hooks.EXAMPLE"));
    assertEquals(
        List.of(new InetSocketAddress(A, 443), new InetSocketAddress(B, 443)),
        pins.resolve("hooks.example", 443));
    assertUnknown("other.example");
  }

  @Test
  void theNewestCountsUntilTheLastHolderIsGone() throws Exception {
    pins.hold(allowed("hooks.example", A));
    pins.hold(allowed("hooks.example", B));
    assertArrayEquals(new InetAddress[] {B}, pins.resolve("hooks.example"));
    pins.release(allowed("hooks.example", B));
    assertArrayEquals(new InetAddress[] {B}, pins.resolve("hooks.example"));
    pins.release(allowed("hooks.example", A));
    assertUnknown("hooks.example");
  }

  private static Destination.Allowed allowed(String host, InetAddress... addresses) {
    return new Destination.Allowed(Host.parse(host).orElseThrow(), List.of(addresses));
  }

  private void assertUnknown(String host) {
    assertThrows(UnknownHostException.class, () -> pins.resolve(host));
    assertThrows(UnknownHostException.class, () -> pins.resolve(host, 443));
    assertThrows(UnknownHostException.class, () -> pins.resolveCanonicalHostname(host));
  }
}

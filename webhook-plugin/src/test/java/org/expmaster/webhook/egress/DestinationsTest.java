package org.expmaster.webhook.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.expmaster.webhook.testing.ScriptedNames;
import org.expmaster.webhook.testing.TestDestinations;
import org.expmaster.webhook.testing.TurnableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When, how often and on which threads names are looked up, and how look-ups affect each other. */
@Timeout(60)
final class DestinationsTest {
  private static final Destination UNKNOWN = new Destination.Unknown();
  private static final Destination REFUSED = new Destination.Refused();

  private final ScriptedNames names = new ScriptedNames();
  private final TurnableClock clock = new TurnableClock();
  private final Destinations destinations = TestDestinations.direct(names, clock);
  private final List<CountDownLatch> hung = new ArrayList<>();

  @AfterEach
  void close() {
    hung.forEach(CountDownLatch::countDown);
    destinations.close();
  }

  @Test
  void aNameComesWithAllItsAddressesInTheirOrder() {
    names.answer("hooks.example", "8.8.8.8", "2606:4700:4700::1111", "1.1.1.1");
    assertEquals(
        allowed("hooks.example", "8.8.8.8", "2606:4700:4700::1111", "1.1.1.1"),
        find("hooks.example"));
  }

  @Test
  void anAddressIsNeverLookedUp() {
    assertEquals(allowed("8.8.8.8", "8.8.8.8"), find("8.8.8.8"));
    assertEquals(allowed("[2606:4700::1]", "2606:4700::1"), find("[2606:4700::1]"));
    assertEquals(REFUSED, find("10.0.0.1"));
    assertEquals(List.of(), List.copyOf(names.asked()));
  }

  @Test
  void namesAreLookedUpByThreadsOfTheirOwn() {
    names.answer("hooks.example", "8.8.8.8");
    find("hooks.example");
    assertEquals(Set.of("webhooks-dns"), names.threads());
  }

  @Test
  void aNameThatWasFoundIsAskedForAgainAfterAMomentOnly() {
    names.answer("hooks.example", "8.8.8.8").answer("hooks.example", "1.1.1.1");
    find("hooks.example");
    clock.turn(HostLookup.FRESH.minusNanos(1));
    assertEquals(allowed("hooks.example", "8.8.8.8"), find("HOOKS.example"));
    clock.turn(Duration.ofNanos(1));
    assertEquals(allowed("hooks.example", "1.1.1.1"), find("hooks.example"));
    assertEquals(2, names.asked().size());
  }

  @Test
  void aNameThatTurnsBadIsRefusedFromThenOn() {
    names.answer("rebinding.example", "8.8.8.8").answer("rebinding.example", "127.0.0.1");
    assertEquals(allowed("rebinding.example", "8.8.8.8"), find("rebinding.example"));
    clock.turn(HostLookup.FRESH);
    assertEquals(REFUSED, find("rebinding.example"));
    assertEquals(REFUSED, find("rebinding.example"));
  }

  @Test
  void aNameThatWasNotFoundIsAskedForAgainAtOnce() {
    names.answer("soon.example").answer("soon.example", "8.8.8.8");
    assertEquals(UNKNOWN, find("soon.example"));
    assertEquals(allowed("soon.example", "8.8.8.8"), find("soon.example"));
  }

  @Test
  void manyWhoAskForOneNameAtOnceShareALookUp() {
    CountDownLatch release = hang("slow.example");
    names.answer("slow.example", "8.8.8.8");
    List<CompletableFuture<Destination>> waiting =
        Stream.generate(() -> begin("slow.example")).limit(50).toList();
    assertTrue(waiting.stream().noneMatch(CompletableFuture::isDone));

    release.countDown();

    waiting.forEach(one -> assertEquals(allowed("slow.example", "8.8.8.8"), one.join()));
    assertEquals(1, names.asked().size());
  }

  @Test
  void namesThatHangDoNotDelayAnother() throws Exception {
    for (int i = 0; i < HostLookup.THREADS - 1; i++) {
      hang("hang" + i + ".example");
      begin("hang" + i + ".example");
    }
    names.answer("hooks.example", "8.8.8.8");
    assertEquals(allowed("hooks.example", "8.8.8.8"), find("hooks.example"));
  }

  @Test
  void howeverManyNamesHangAWorkingOneIsStillFound() throws Exception {
    names.answer("hooks.example", "8.8.8.8");
    find("hooks.example");
    for (int i = 0; i < 5 * HostLookup.THREADS; i++) {
      hang("hang" + i + ".example");
      begin("hang" + i + ".example");
    }
    clock.turn(HostLookup.FRESH);

    assertEquals(allowed("hooks.example", "8.8.8.8"), find("hooks.example"));
    assertEquals(2, names.asked().stream().filter("hooks.example"::equals).count());
  }

  @Test
  void aNameServiceThatBreaksIsANameNotFound() {
    try (Destinations broken =
        TestDestinations.direct(
            name -> {
              throw new IllegalStateException("a defect");
            },
            clock)) {
      Host host = Host.parse("hooks.example").orElseThrow();
      assertEquals(UNKNOWN, broken.find(host).join());
    }
  }

  @Test
  void closingEndsTheThreadsAndWhatComesLaterIsUnknown() throws Exception {
    names.answer("hooks.example", "8.8.8.8");
    find("hooks.example");
    CountDownLatch release = hang("slow.example");
    begin("slow.example");

    destinations.close();
    release.countDown();

    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("webhooks-dns")) {
        thread.join(10_000);
        assertFalse(thread.isAlive());
      }
    }
    assertEquals(UNKNOWN, find("other.example"));
  }

  @Test
  void throughAProxyOnlyTheProxyIsLookedUp() {
    names.answer("proxy.internal", "10.0.0.1");
    try (Destinations through = TestDestinations.through("http://proxy.internal:3128", names)) {
      Destination proxy = allowed("proxy.internal", "10.0.0.1");
      assertEquals(proxy, through.find(Host.parse("hooks.example").orElseThrow()).join());
      assertEquals(proxy, through.find(Host.parse("8.8.8.8").orElseThrow()).join());
      for (String refused :
          List.of("10.0.0.1", "[::1]", "localhost", "LOCALHOST.", "api.localhost")) {
        assertEquals(REFUSED, through.find(Host.parse(refused).orElseThrow()).join(), refused);
      }
    }
    assertEquals(List.of("proxy.internal"), List.copyOf(names.asked()));
  }

  private CountDownLatch hang(String name) {
    CountDownLatch release = names.hang(name);
    hung.add(release);
    return release;
  }

  private CompletableFuture<Destination> begin(String host) {
    return destinations.find(Host.parse(host).orElseThrow());
  }

  private Destination find(String host) {
    return begin(host).orTimeout(10, TimeUnit.SECONDS).join();
  }

  private static Destination allowed(String host, String... addresses) {
    return new Destination.Allowed(
        Host.parse(host).orElseThrow(), Stream.of(addresses).map(ScriptedNames::address).toList());
  }
}

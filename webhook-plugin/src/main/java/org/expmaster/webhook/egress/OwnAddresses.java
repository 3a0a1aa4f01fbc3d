package org.expmaster.webhook.egress;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.expmaster.webhook.telling.Log;

/**
 * The addresses of this machine's network interfaces, looked up now and then, since they change
 * while a master runs. Thread-safe.
 */
public final class OwnAddresses {
  private static final Log log = Log.of(OwnAddresses.class);

  /** Looking takes a millisecond or several, and interfaces seldom come. */
  static final Duration FRESH = Duration.ofSeconds(30);

  private final Interfaces interfaces;
  private final Clock clock;
  private final AtomicReference<Seen> last;

  private record Seen(Set<InetAddress> addresses, Instant at) {}

  /** Lists the addresses of all interfaces. */
  @FunctionalInterface
  public interface Interfaces {
    /** This machine's own. */
    Interfaces SYSTEM =
        () ->
            NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .collect(Collectors.toSet());

    /**
     * All addresses that this machine has now.
     *
     * @throws SocketException if that cannot be told now
     */
    Set<InetAddress> addresses() throws SocketException;
  }

  /**
   * Those of the machine this runs on.
   *
   * @param clock a steady one, by which what was seen grows old
   */
  public static OwnAddresses ofThisMachine(Clock clock) {
    return new OwnAddresses(Interfaces.SYSTEM, clock);
  }

  /**
   * The addresses that these interfaces have.
   *
   * @param clock as above
   */
  public OwnAddresses(Interfaces interfaces, Clock clock) {
    this.interfaces = interfaces;
    this.clock = clock;
    this.last = new AtomicReference<>(look(Set.of(), clock.instant()));
  }

  /** Whether this machine has the address; in which zone of IPv6 does not matter. */
  boolean contain(InetAddress address) {
    Seen seen = last.get();
    Instant now = clock.instant();
    if (!now.isBefore(seen.at().plus(FRESH))) {
      seen = look(seen.addresses(), now);
      last.set(seen);
    }
    return seen.addresses().contains(address);
  }

  /** Where looking fails, what was seen before counts for another while. */
  private Seen look(Set<InetAddress> before, Instant now) {
    try {
      return new Seen(Set.copyOf(interfaces.addresses()), now);
    } catch (SocketException | RuntimeException failed) {
      log.warn("this machine's own addresses cannot be told: {}", failed.toString());
      return new Seen(before, now);
    }
  }
}

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
 * The addresses of this machine's network interfaces. They change while a master runs, so they are
 * read again once they are older than {@link #FRESH}. Thread-safe.
 */
public final class OwnAddresses {
  private static final Log log = Log.of(OwnAddresses.class);

  /** Reading takes a millisecond or more, and interfaces seldom change. */
  static final Duration FRESH = Duration.ofSeconds(30);

  private final Interfaces interfaces;
  private final Clock clock;
  private final AtomicReference<Seen> last;

  private record Seen(Set<InetAddress> addresses, Instant at) {}

  /** Lists the addresses of all interfaces. */
  @FunctionalInterface
  public interface Interfaces {
    /** The interfaces of this machine. */
    Interfaces SYSTEM =
        () ->
            NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .collect(Collectors.toSet());

    /**
     * Returns all current addresses of this machine.
     *
     * @throws SocketException if they cannot be read now
     */
    Set<InetAddress> addresses() throws SocketException;
  }

  /**
   * Returns the addresses of the machine this runs on.
   *
   * @param clock a steady clock, which decides when to read them again
   */
  public static OwnAddresses ofThisMachine(Clock clock) {
    return new OwnAddresses(Interfaces.SYSTEM, clock);
  }

  /**
   * Reads the addresses of these interfaces.
   *
   * @param clock a steady clock, which decides when to read them again
   */
  public OwnAddresses(Interfaces interfaces, Clock clock) {
    this.interfaces = interfaces;
    this.clock = clock;
    this.last = new AtomicReference<>(look(Set.of(), clock.instant()));
  }

  /** Returns whether this machine has the address. The zone of an IPv6 address is ignored. */
  boolean contain(InetAddress address) {
    Seen seen = last.get();
    Instant now = clock.instant();
    if (!now.isBefore(seen.at().plus(FRESH))) {
      seen = look(seen.addresses(), now);
      last.set(seen);
    }
    return seen.addresses().contains(address);
  }

  /** If reading fails, the last known addresses remain in use until the next attempt. */
  private Seen look(Set<InetAddress> before, Instant now) {
    try {
      return new Seen(Set.copyOf(interfaces.addresses()), now);
    } catch (SocketException | RuntimeException failed) {
      log.warn("this machine's own addresses cannot be told: {}", failed.toString());
      return new Seen(before, now);
    }
  }
}

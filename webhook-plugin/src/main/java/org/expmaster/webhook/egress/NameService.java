package org.expmaster.webhook.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Resolves names to addresses. */
@FunctionalInterface
public interface NameService {
  /** The system's resolver, behind the JDK's cache (30 seconds, unless configured otherwise). */
  NameService SYSTEM = name -> List.of(InetAddress.getAllByName(name));

  /**
   * Returns all current addresses of a name. May block for long and may ignore interrupts.
   *
   * @throws UnknownHostException if the name has no address, or cannot be resolved now
   */
  List<InetAddress> addresses(String name) throws UnknownHostException;
}

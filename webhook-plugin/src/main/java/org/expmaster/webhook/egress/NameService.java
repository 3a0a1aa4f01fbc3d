package org.expmaster.webhook.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Knows the addresses of names. */
@FunctionalInterface
public interface NameService {
  /** The machine's own, behind the JDK's cache (30 seconds, unless the JVM is told otherwise). */
  NameService SYSTEM = name -> List.of(InetAddress.getAllByName(name));

  /**
   * Every address a name has now. May block for long, and may not heed an interrupt.
   *
   * @throws UnknownHostException if it has none, or if that cannot be told now
   */
  List<InetAddress> addresses(String name) throws UnknownHostException;
}

package org.expmaster.webhook.egress;

import java.net.InetAddress;
import java.util.List;

/** What is known of where a request would go. */
public sealed interface Destination {

  /**
   * It may go.
   *
   * @param connectTo the host to connect to: the URL's own, or the proxy
   * @param addresses the addresses of that host, at least one; to no other it may be connected
   */
  record Allowed(Host connectTo, List<InetAddress> addresses) implements Destination {
    public Allowed {
      addresses = List.copyOf(addresses);
    }
  }

  /** At least one address of the host is one that webhooks may not be sent to. */
  record Refused() implements Destination {}

  /** The host to connect to has no address at present. */
  record Unknown() implements Destination {}
}

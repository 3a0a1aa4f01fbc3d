package org.expmaster.webhook.egress;

import java.net.InetAddress;
import java.util.List;

/** The result of resolving and checking the host of a request. */
public sealed interface Destination {

  /** Calls the visitor's method for this result. */
  void accept(Visitor visitor);

  /** One method for each result. */
  interface Visitor {
    /** For a host that the request may be sent to. */
    void allowed(Allowed destination);

    /** For a host that the request must not be sent to. */
    void refused();

    /** For a host without an address. */
    void unknown();
  }

  /**
   * The request may be sent.
   *
   * @param connectTo the host to connect to: that of the URL, or the proxy
   * @param addresses the addresses of that host, at least one; no other may be connected to
   */
  record Allowed(Host connectTo, List<InetAddress> addresses) implements Destination {
    public Allowed {
      addresses = List.copyOf(addresses);
    }

    @Override
    public void accept(Visitor visitor) {
      visitor.allowed(this);
    }
  }

  /** At least one address of the host is one that webhooks may not be sent to. */
  record Refused() implements Destination {
    @Override
    public void accept(Visitor visitor) {
      visitor.refused();
    }
  }

  /** The host to connect to has no address at present. */
  record Unknown() implements Destination {
    @Override
    public void accept(Visitor visitor) {
      visitor.unknown();
    }
  }
}

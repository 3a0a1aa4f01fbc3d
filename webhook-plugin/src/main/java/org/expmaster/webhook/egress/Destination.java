package org.expmaster.webhook.egress;

import java.net.InetAddress;
import java.util.List;

/** What is known of where a request would go. */
public sealed interface Destination {

  /** Calls the visitor's method for what is known. */
  void accept(Visitor visitor);

  /** One method for each thing that may be known. */
  interface Visitor {
    /** It may go there. */
    void allowed(Allowed destination);

    /** It may not. */
    void refused();

    /** Nobody knows where that is. */
    void unknown();
  }

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

package org.expmaster.webhook.delivery;

import java.util.Locale;
import java.util.function.Supplier;
import org.expmaster.webhook.telling.Meters;

/** The two kinds of places that a request may hold; {@link Lanes} decides between them. */
enum Lane {
  /** For requests younger than {@link Lanes#SLOW_AFTER}. */
  YOUNG,
  /** For older requests, and for requests to webhooks whose last request was slow. */
  SLOW;

  /** Registers meters of the requests in flight in this lane, and of their limit. */
  void addTo(Meters meters, Supplier<Number> underWay, DeliveryBounds bounds) {
    int limit = this == YOUNG ? bounds.maxInFlight() : bounds.maxSlow();
    String label = name().toLowerCase(Locale.ROOT);
    meters.gauge(
        "webhooks.in.flight",
        "Requests in flight; a slow one is older than half a second, or expected to be",
        "requests",
        underWay,
        "lane",
        label);
    meters.gauge(
        "webhooks.in.flight.limit",
        "The most requests that may be in flight: max_in_flight and max_slow",
        "requests",
        () -> limit,
        "lane",
        label);
  }
}

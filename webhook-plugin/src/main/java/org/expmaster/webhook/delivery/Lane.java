package org.expmaster.webhook.delivery;

/** The two kinds of places a request may hold; {@link Lanes} says which one holds which. */
enum Lane {
  /** For requests younger than {@link Lanes#SLOW_AFTER}. */
  YOUNG,
  /** For older ones, and for requests to webhooks whose last one was slow. */
  SLOW
}

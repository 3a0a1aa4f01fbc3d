package org.expmaster.webhook.delivery;

/** The two kinds of places that a request may hold; {@link Lanes} decides between them. */
enum Lane {
  /** For requests younger than {@link Lanes#SLOW_AFTER}. */
  YOUNG,
  /** For older requests, and for requests to webhooks whose last request was slow. */
  SLOW
}

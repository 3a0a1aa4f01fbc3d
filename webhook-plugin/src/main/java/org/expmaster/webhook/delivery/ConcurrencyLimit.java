package org.expmaster.webhook.delivery;

/**
 * The maximum number of requests in flight to a webhook, in both lanes together. Read whenever
 * places are granted, so that it can follow the receiver's health.
 */
@FunctionalInterface
interface ConcurrencyLimit {

  /** Returns the current limit; 0 while nothing may be sent. */
  int of(long webhookId);
}

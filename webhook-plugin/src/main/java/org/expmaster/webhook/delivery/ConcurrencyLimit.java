package org.expmaster.webhook.delivery;

/**
 * How many requests may be under way to a webhook at once, in both lanes. Asked whenever places are
 * granted, so the answer may follow how the receiver does.
 */
@FunctionalInterface
interface ConcurrencyLimit {

  /** The limit of the moment; 0 while nothing may be sent. */
  int of(long webhookId);
}

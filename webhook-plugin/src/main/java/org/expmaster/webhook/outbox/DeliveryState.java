package org.expmaster.webhook.outbox;

/** Where a delivery stands. Names are stored and shown: do not rename. */
public enum DeliveryState {
  /** It waits for its first or next attempt, or is under way. */
  WAITING,
  /** The receiver has it. */
  DELIVERED,
  /** It failed for the last time; someone may ask for it again. */
  DEAD
}

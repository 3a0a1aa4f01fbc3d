package org.expmaster.webhook.outbox;

/** The state of a delivery. Names are stored and shown: do not rename. */
public enum DeliveryState {
  /** Waiting for its first or next attempt, or under way. */
  WAITING,
  /** Accepted by the receiver. */
  DELIVERED,
  /** Given up: a dead letter, which may be redelivered. */
  DEAD
}

package org.expmaster.webhook.health;

/** How an attempt ended. Names are stored and shown: do not rename. */
public enum Ending {
  /** The receiver accepted the delivery. */
  DELIVERED,
  /** The attempt failed and will be retried. */
  RETRIED,
  /** The last attempt failed; the delivery is a dead letter. */
  DEAD
}

package org.expmaster.webhook.health;

/** How an attempt ended. Names are stored and shown: do not rename. */
public enum Ending {
  /** The receiver has the delivery. */
  DELIVERED,
  /** It failed, and is tried again. */
  RETRIED,
  /** It failed for the last time. */
  DEAD
}

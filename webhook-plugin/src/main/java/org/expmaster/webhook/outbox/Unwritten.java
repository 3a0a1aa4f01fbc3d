package org.expmaster.webhook.outbox;

/** What could not be written, for metrics. */
public enum Unwritten {
  /** A listener could not store the deliveries of what it heard of. */
  EVENT,
  /** An event could not be put in the form of a webhook. */
  PAYLOAD,
  /** A transaction of the delivery loop failed as a whole, and is tried again. */
  BATCH,
  /** The database refused the text of an answer; the rest was stored. */
  ANSWER,
  /** The database refused the attempt that ended a delivery; only the end was stored. */
  ATTEMPT,
  /** The database refused that a delivery has ended; it is tried again. */
  END,
  /** The database refused the health of a webhook; it is tried again. */
  HEALTH
}

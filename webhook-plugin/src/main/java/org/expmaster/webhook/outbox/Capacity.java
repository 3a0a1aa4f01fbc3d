package org.expmaster.webhook.outbox;

/**
 * How many more deliveries of a webhook can be sent now.
 *
 * @param count the number of deliveries, positive
 */
public record Capacity(long webhookId, int count) {
  public Capacity {
    if (count < 1) {
      throw new IllegalArgumentException("count is " + count + ", and must be positive");
    }
  }
}

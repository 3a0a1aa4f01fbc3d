package org.expmaster.webhook.delivery;

import java.util.Objects;
import org.expmaster.webhook.http.Receiver;

/**
 * The destination of a webhook's deliveries.
 *
 * @param webhookId the webhook
 * @param maxInFlight the maximum number of requests in flight to it, positive
 */
public record Target(long webhookId, Receiver receiver, int maxInFlight) {
  public Target {
    Objects.requireNonNull(receiver, "receiver");
    if (maxInFlight < 1) {
      throw new IllegalArgumentException("maxInFlight is " + maxInFlight);
    }
  }
}

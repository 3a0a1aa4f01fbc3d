package org.expmaster.webhook.delivery;

import java.net.URI;
import java.util.Objects;

/**
 * The destination of a webhook's deliveries.
 *
 * @param webhookId the webhook
 * @param url the URL; it may be a secret
 * @param maxInFlight the maximum number of requests in flight to it, positive
 */
public record Target(long webhookId, URI url, int maxInFlight) {
  public Target {
    Objects.requireNonNull(url, "url");
    if (maxInFlight < 1) {
      throw new IllegalArgumentException("maxInFlight is " + maxInFlight);
    }
  }

  /** Omits the URL, which may be a secret. */
  @Override
  public String toString() {
    return "Target[webhookId=" + webhookId + "]";
  }
}

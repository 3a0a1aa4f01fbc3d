package org.expmaster.webhook.delivery;

import java.net.URI;
import java.util.Objects;

/**
 * Where the deliveries of a webhook go.
 *
 * @param webhookId the webhook
 * @param url the URL; it may be a secret
 * @param maxInFlight how many requests may be under way to it at once, positive
 */
public record Target(long webhookId, URI url, int maxInFlight) {
  public Target {
    Objects.requireNonNull(url, "url");
    if (maxInFlight < 1) {
      throw new IllegalArgumentException("maxInFlight is " + maxInFlight);
    }
  }

  /** Without the URL, which may be a secret. */
  @Override
  public String toString() {
    return "Target[webhookId=" + webhookId + "]";
  }
}

package org.expmaster.webhook.http;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.expmaster.webhook.signing.WebhookSecrets;

/**
 * The receiver of a webhook's deliveries.
 *
 * @param url where it listens; it may be a secret
 * @param headers what it wants in addition to the signature; the values are secrets
 * @param secrets the webhook's own, which sign in addition to the master's keys
 */
public record Receiver(URI url, Map<String, String> headers, WebhookSecrets secrets) {
  public Receiver {
    Objects.requireNonNull(url, "url");
    headers = Map.copyOf(headers);
    Objects.requireNonNull(secrets, "secrets");
  }

  /** Omits the URL, which may be a secret. */
  @Override
  public String toString() {
    return "Receiver[hidden]";
  }
}

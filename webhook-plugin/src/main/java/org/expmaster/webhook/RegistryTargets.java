package org.expmaster.webhook;

import java.util.Optional;
import org.expmaster.webhook.delivery.Target;
import org.expmaster.webhook.delivery.Targets;
import org.expmaster.webhook.http.Receiver;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.WebhookRegistry;

/** Gives the delivery loop its targets: the webhooks in the registry. */
final class RegistryTargets implements Targets {
  private final WebhookRegistry registry;
  private final int maxInFlight;

  /**
   * @param maxInFlight maximum number of requests in flight per webhook
   */
  RegistryTargets(WebhookRegistry registry, int maxInFlight) {
    this.registry = registry;
    this.maxInFlight = maxInFlight;
  }

  @Override
  public Optional<Target> find(long webhookId) {
    return registry.snapshot().find(webhookId).map(this::target);
  }

  @Override
  public void refresh() {
    registry.refresh();
  }

  private Target target(Webhook webhook) {
    // a chat channel takes about one message per second, and reads best in order
    int limit = webhook.form().type().isMessage() ? 1 : maxInFlight;
    return new Target(
        webhook.id(),
        new Receiver(webhook.url(), webhook.endpoint().headers().byName(), webhook.secrets()),
        limit);
  }
}

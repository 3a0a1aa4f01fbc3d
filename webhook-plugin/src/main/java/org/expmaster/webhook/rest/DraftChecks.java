package org.expmaster.webhook.rest;

import java.net.URI;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The checks of a webhook that need settings or the network.
 *
 * @param maxTriggers maximum number of triggers per webhook
 * @param maxTriggersSetting name of the setting that sets it, for the error
 * @param url throws an {@link org.expmaster.plugin.http.ApiException} for a URL that webhooks may
 *     not be sent to
 */
public record DraftChecks(int maxTriggers, String maxTriggersSetting, Consumer<URI> url) {
  public DraftChecks {
    Objects.requireNonNull(maxTriggersSetting, "maxTriggersSetting");
    Objects.requireNonNull(url, "url");
  }

  /**
   * Rejects a webhook that has more triggers than the limit, unless it had as many before.
   *
   * @param present number of triggers it had before
   */
  void requireFewTriggers(RequestedWebhook requested, int present) {
    requested.requireTriggersAtMost(Math.max(maxTriggers, present), maxTriggersSetting);
  }
}

package org.expmaster.webhook.rest;

import java.net.URI;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What is asked of a webhook beyond its being well written.
 *
 * @param maxTriggers how many triggers it may have
 * @param maxTriggersSetting what it is called that says so
 * @param url throws an {@link org.expmaster.plugin.http.ApiException} for a URL that nothing would
 *     be sent to
 */
public record DraftChecks(int maxTriggers, String maxTriggersSetting, Consumer<URI> url) {
  public DraftChecks {
    Objects.requireNonNull(maxTriggersSetting, "maxTriggersSetting");
    Objects.requireNonNull(url, "url");
  }

  /**
   * Lets a webhook pass that has no more triggers than it may, or than it had before.
   *
   * @param present how many it had before
   */
  void requireFewTriggers(RequestedWebhook requested, int present) {
    requested.requireTriggersAtMost(Math.max(maxTriggers, present), maxTriggersSetting);
  }
}

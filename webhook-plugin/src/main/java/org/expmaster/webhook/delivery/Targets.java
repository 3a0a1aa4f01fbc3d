package org.expmaster.webhook.delivery;

import java.util.Optional;

/** The webhooks, as the delivery loop needs to know them. */
@FunctionalInterface
public interface Targets {

  /** Where the deliveries of this webhook go now, or empty if it is not known (any more). */
  Optional<Target> find(long webhookId);

  /**
   * Makes sure that what {@link #find} says is no older than this call.
   *
   * <p>Who heeds what someone decided of a webhook's health must not do so with the webhook as it
   * was before: a new URL starts with a clean slate.
   */
  default void refresh() {}
}

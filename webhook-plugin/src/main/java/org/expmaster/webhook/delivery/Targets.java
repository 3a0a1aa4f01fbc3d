package org.expmaster.webhook.delivery;

import java.util.Optional;

/** Finds the targets of webhooks for the delivery loop. */
@FunctionalInterface
public interface Targets {

  /** Returns the current target of a webhook, or empty if the webhook is not known (any more). */
  Optional<Target> find(long webhookId);

  /**
   * Ensures that {@link #find} returns nothing older than this call.
   *
   * <p>A decision on a webhook's health must not be combined with an older version of the webhook:
   * a new URL starts without past failures.
   */
  default void refresh() {}
}

package org.expmaster.webhook.delivery;

import java.util.Optional;

/** The webhooks, as the delivery loop needs to know them. */
@FunctionalInterface
public interface Targets {

  /** Where the deliveries of this webhook go now, or empty if it is not known (any more). */
  Optional<Target> find(long webhookId);
}

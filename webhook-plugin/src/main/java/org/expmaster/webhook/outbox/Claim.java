package org.expmaster.webhook.outbox;

import java.util.List;
import java.util.Set;

/**
 * What a claim took.
 *
 * @param deliveries ours to send
 * @param cutShort the webhooks of which more was due and asked for than there was memory for
 */
public record Claim(List<ClaimedDelivery> deliveries, Set<Long> cutShort) {
  /** Nothing was asked for. */
  static final Claim NOTHING = new Claim(List.of(), Set.of());

  public Claim {
    deliveries = List.copyOf(deliveries);
    cutShort = Set.copyOf(cutShort);
  }
}

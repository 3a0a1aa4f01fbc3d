package org.expmaster.webhook.outbox;

import java.util.List;
import java.util.Set;

/**
 * The result of a claim.
 *
 * @param deliveries the claimed deliveries
 * @param cutShort webhooks with due, requested deliveries for which there was no memory
 */
public record Claim(List<ClaimedDelivery> deliveries, Set<Long> cutShort) {
  /** The result if no deliveries were requested. */
  static final Claim NOTHING = new Claim(List.of(), Set.of());

  public Claim {
    deliveries = List.copyOf(deliveries);
    cutShort = Set.copyOf(cutShort);
  }
}

package org.expmaster.webhook.delivery;

/** What a webhook's target allows, as far as its circuit lets it. */
final class CircuitLimit implements ConcurrencyLimit {
  private final DeliveryParts parts;
  private final Circuits circuits;

  CircuitLimit(DeliveryParts parts, Circuits circuits) {
    this.parts = parts;
    this.circuits = circuits;
  }

  @Override
  public int of(long webhookId) {
    return parts.targets().find(webhookId).map(circuits::limit).orElse(0);
  }
}

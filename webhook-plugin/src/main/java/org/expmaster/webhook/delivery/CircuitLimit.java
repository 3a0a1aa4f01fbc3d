package org.expmaster.webhook.delivery;

/** The limit of a webhook's target, as far as its circuit permits. */
final class CircuitLimit implements ConcurrencyLimit {
  private final Targets targets;
  private final Circuits circuits;

  CircuitLimit(Targets targets, Circuits circuits) {
    this.targets = targets;
    this.circuits = circuits;
  }

  @Override
  public int of(long webhookId) {
    return targets.find(webhookId).map(circuits::limit).orElse(0);
  }
}

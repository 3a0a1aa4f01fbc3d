package org.expmaster.webhook.publish;

import java.util.function.LongConsumer;
import org.expmaster.webhook.telling.Meters;

/** Counts ends of experiments that no listener has told of. Never throws. */
public final class LateMeters {
  private final Meters meters;
  private final LongConsumer told;
  private final LongConsumer refused;

  /** Registers the meters. */
  public LateMeters(Meters meters) {
    this.meters = meters;
    told = counter("told");
    refused = counter("refused");
  }

  private LongConsumer counter(String outcome) {
    return meters.counter(
        "webhooks.late.ends",
        "Ends of experiments that no listener had told of, told late or refused by the database",
        "outcome",
        outcome);
  }

  void told(int ends) {
    meters.tell(() -> told.accept(ends));
  }

  void refused() {
    meters.tell(() -> refused.accept(1));
  }
}

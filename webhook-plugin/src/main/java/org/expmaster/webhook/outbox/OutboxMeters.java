package org.expmaster.webhook.outbox;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongConsumer;
import org.expmaster.webhook.telling.Meters;

/**
 * Counts inserts and claims with their rows, and what was not written. Never throws. Thread-safe.
 */
public final class OutboxMeters {
  private final Meters meters;
  private final LongConsumer inserts;
  private final LongConsumer claims;
  private final Map<Unwritten, LongConsumer> unwritten = new EnumMap<>(Unwritten.class);

  /** Registers the meters. */
  public OutboxMeters(Meters meters) {
    this.meters = meters;
    inserts =
        meters.summary(
            "webhooks.outbox.insert",
            "Inserts into the outbox, and their rows; those of transactions rolled back included",
            "rows");
    claims =
        meters.summary(
            "webhooks.outbox.claim", "Claims of due deliveries, and the rows claimed", "rows");
    for (Unwritten what : Unwritten.values()) {
      unwritten.put(
          what,
          meters.counter(
              "webhooks.unwritten",
              "What could not be written",
              "what",
              what.name().toLowerCase(Locale.ROOT)));
    }
  }

  void inserted(int rows) {
    meters.tell(() -> inserts.accept(rows));
  }

  void claimed(int rows) {
    meters.tell(() -> claims.accept(rows));
  }

  /** Counts something that could not be written. */
  public void unwritten(Unwritten what) {
    meters.tell(() -> unwritten.get(what).accept(1));
  }
}

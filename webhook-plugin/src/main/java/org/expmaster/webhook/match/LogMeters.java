package org.expmaster.webhook.match;

import java.util.function.LongConsumer;
import org.expmaster.webhook.telling.Meters;

/** Counts what the searches of log lines left out. May throw what the registry throws. */
public final class LogMeters {
  private final LongConsumer cutShort;
  private final LongConsumer refused;

  /** Registers the meters. */
  public LogMeters(Meters meters) {
    cutShort =
        meters.counter(
            "webhooks.log.cut.short",
            "Triggers that were not tried on all of a batch of log lines, for the cost");
    refused =
        meters.counter(
            "webhooks.log.refused", "Expressions not tried on a log line at all, for the cost");
  }

  /**
   * Counts what a batch of lines came to.
   *
   * @param triggers the number of triggers cut short
   * @param expressions how often an expression was not tried at all
   */
  public void searched(int triggers, long expressions) {
    cutShort.accept(triggers);
    refused.accept(expressions);
  }
}

package org.expmaster.host.task;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Delays an answer until there is something to say, as clients ask for it. */
final class LongPoll {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private LongPoll() {}

  /** Returns when the condition holds, this time has passed, or the master closes. */
  static void until(BooleanSupplier condition, Duration most) {
    long pauses = most.dividedBy(PAUSE);
    try {
      for (long i = 0; i < pauses && !condition.getAsBoolean(); i++) {
        Thread.sleep(PAUSE.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package org.expmaster.host.testing;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what must come about, and not longer. */
public final class Wait {
  private Wait() {}

  /**
   * Returns once it is true; fails, saying what was awaited, if it is not in time. Asks the rarer
   * the longer it takes.
   */
  public static void until(String what, Duration within, BooleanSupplier condition) {
    until(() -> what, within, condition);
  }

  public static void until(Supplier<String> what, Duration within, BooleanSupplier condition) {
    long deadline = System.nanoTime() + within.toNanos();
    for (long pause = 5; !condition.getAsBoolean(); pause = Math.min(100, pause * 2)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + within + ": " + what.get());
      }
      try {
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}

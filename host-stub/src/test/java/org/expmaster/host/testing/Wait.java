package org.expmaster.host.testing;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what must come about, and not longer. */
public final class Wait {
  private Wait() {}

  /** Returns once it is true; fails, saying what was awaited, if it is not in time. */
  public static void until(String what, Duration within, BooleanSupplier condition) {
    until(() -> what, within, condition);
  }

  public static void until(Supplier<String> what, Duration within, BooleanSupplier condition) {
    long deadline = System.nanoTime() + within.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + within + ": " + what.get());
      }
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}

package org.expmaster.host.testing;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition, and no longer. */
public final class Wait {
  /** The most that one step counts: a stall of the whole machine is not the master's fault. */
  private static final Duration LONGEST_STEP = Duration.ofSeconds(1);

  private Wait() {}

  /**
   * Returns once the condition is true; fails, naming what was awaited, if it is not in time. Polls
   * more rarely the longer it takes.
   */
  public static void until(String what, Duration within, BooleanSupplier condition) {
    until(() -> what, within, condition);
  }

  public static void until(Supplier<String> what, Duration within, BooleanSupplier condition) {
    long waited = 0;
    long last = System.nanoTime();
    for (long pause = 5; !condition.getAsBoolean(); pause = Math.min(100, pause * 2)) {
      long now = System.nanoTime();
      waited += Math.min(now - last, LONGEST_STEP.toNanos());
      last = now;
      if (waited > within.toNanos()) {
        throw new AssertionError("not within " + within + ": " + what.get());
      }
      sleep(pause);
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

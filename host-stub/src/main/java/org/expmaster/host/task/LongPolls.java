package org.expmaster.host.task;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/**
 * Delays answers until there is something to say, as clients ask for it. Each holds a thread that
 * others need as well, so only a few wait at once; further ones are answered without a delay.
 * Thread-safe.
 */
public final class LongPolls {
  static final int MOST = 8;
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Semaphore places = new Semaphore(MOST);

  /**
   * Returns when the condition holds, this time has passed, the master closes, or too many wait.
   */
  void until(BooleanSupplier condition, Duration most) {
    if (!places.tryAcquire()) {
      return;
    }
    long pauses = most.dividedBy(PAUSE);
    try {
      for (long i = 0; i < pauses && !condition.getAsBoolean(); i++) {
        Thread.sleep(PAUSE.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      places.release();
    }
  }
}

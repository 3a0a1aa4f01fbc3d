package org.expmaster.webhook.delivery;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Decides when the delivery thread sleeps and what wakes it. A commit wakes it at once. The end of
 * an attempt wakes it a moment later: others that end in that moment share the transaction.
 */
final class Pace implements Driver {
  private final Thread thread;
  private final Duration linger;
  private volatile boolean lingering;

  /**
   * @param thread the delivery thread; calls {@link #rest} and {@link #sleepUntil}
   * @param linger how long a few outcomes wait for more
   */
  Pace(Thread thread, Duration linger) {
    this.thread = thread;
    this.linger = linger;
  }

  @Override
  public void announced() {
    wake();
  }

  @Override
  public void ended(int waiting) {
    if (!lingering || waiting >= Unrecorded.ENOUGH) {
      wake();
    }
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  void wake() {
    LockSupport.unpark(thread);
  }

  /**
   * Sleeps until there is something to do, then lingers unless it is urgent.
   *
   * @param latest when to wake at the latest, by {@link #nanos}
   */
  void rest(long latest, DeliveryLoop loop, BooleanSupplier isUrgent) {
    sleepUntil(latest, () -> loop.toRecord() > 0 || isUrgent.getAsBoolean());
    lingering = true;
    try {
      sleepUntil(
          Math.min(latest, nanos() + linger.toNanos()),
          () -> loop.toRecord() >= Unrecorded.ENOUGH || isUrgent.getAsBoolean());
    } finally {
      lingering = false;
    }
  }

  /** Sleeps until a time, until woken while the condition holds, or until interrupted. */
  void sleepUntil(long nanoTime, BooleanSupplier ready) {
    for (long left = nanoTime - nanos();
        left > 0 && !ready.getAsBoolean() && !Thread.currentThread().isInterrupted();
        left = nanoTime - nanos()) {
      LockSupport.parkNanos(left);
    }
  }
}

package org.expmaster.webhook.bench;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Measures rates over a window of time, after a warm-up. */
final class Rates {
  private Rates() {}

  /** Returns the growth of a count per second. */
  static double perSecond(LongSupplier count, long warmUpMillis, long windowMillis)
      throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(warmUpMillis);
    long before = count.getAsLong();
    long start = System.nanoTime();
    TimeUnit.MILLISECONDS.sleep(windowMillis);
    double seconds = (System.nanoTime() - start) / 1e9;
    return (count.getAsLong() - before) / seconds;
  }
}

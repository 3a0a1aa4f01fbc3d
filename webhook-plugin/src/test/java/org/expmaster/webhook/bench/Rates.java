package org.expmaster.webhook.bench;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Rates over a window of time, after a warm-up. */
final class Rates {
  private Rates() {}

  /** How much a count grows a second. */
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

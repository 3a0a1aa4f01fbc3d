package org.expmaster.webhook.http;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Does the same every now and then, whatever that throws, until it is closed. The thread is its
 * own: a pool's would forget work that ended with an error.
 */
final class Sweeper implements AutoCloseable {
  private static final long EVERY_MILLIS = 50;

  private final Runnable sweep;
  private final Mishaps mishaps;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Begins at once. */
  Sweeper(String name, Runnable sweep, Mishaps mishaps) {
    this.sweep = sweep;
    this.mishaps = mishaps;
    new Thread(this::run, name).start();
  }

  private void run() {
    for (boolean more = true; more; ) {
      try {
        more = !closed.await(EVERY_MILLIS, TimeUnit.MILLISECONDS);
        if (more) {
          sweep.run();
        }
      } catch (Throwable thrown) {
        mishaps.tell("a sweep over what is under way failed, and is tried again", thrown);
      }
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}

package org.expmaster.webhook.http;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs a task periodically until it is closed, whatever the task throws. Has its own thread, since
 * a thread pool drops a periodic task that has thrown.
 */
final class Sweeper implements AutoCloseable {
  private static final long EVERY_MILLIS = 50;

  private final Runnable sweep;
  private final Mishaps mishaps;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Starts at once. */
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

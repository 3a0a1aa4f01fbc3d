package org.expmaster.host.plugin;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls a plugin with a time-out. */
final class Bounded {
  private Bounded() {}

  /**
   * Runs the call on a thread of its own.
   *
   * @throws TimeoutException if it does not return in time; it is then interrupted and abandoned
   * @throws Throwable what the call throws
   */
  static <T> T call(String name, Duration within, Callable<T> call) throws Throwable {
    FutureTask<T> task = new FutureTask<>(call);
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause();
    } catch (TimeoutException e) {
      task.cancel(true);
      throw new TimeoutException("no answer within " + within.toSeconds() + " s");
    }
  }
}

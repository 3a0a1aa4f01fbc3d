package org.expmaster.host.plugin;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.ApiException.Reason;

/**
 * Runs operations one at a time, each on a thread of its own: what a plugin leaves in the thread's
 * variables would otherwise keep its classes reachable. Thread-safe.
 */
final class OneAtATime {
  private final Semaphore turn = new Semaphore(1);

  /**
   * Runs the operation now.
   *
   * @throws ApiException Aborted, if another one is running
   */
  <T> T runNow(String name, Supplier<T> operation) {
    if (!turn.tryAcquire()) {
      throw new ApiException(
          Reason.ABORTED,
          "another plugin is being started or stopped; try again when that is done");
    }
    return inTurn(name, operation);
  }

  /** Runs the operation when those before it have ended. */
  void runNext(String name, Runnable operation) {
    turn.acquireUninterruptibly();
    inTurn(name, () -> done(operation));
  }

  private static boolean done(Runnable operation) {
    operation.run();
    return true;
  }

  private <T> T inTurn(String name, Supplier<T> operation) {
    try {
      return onOwnThread(name, operation);
    } finally {
      turn.release();
    }
  }

  private static <T> T onOwnThread(String name, Supplier<T> operation) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread = new Thread(() -> complete(result, operation), name);
    thread.start();
    try {
      // not interruptible: half an operation would help nobody
      T value = result.join();
      thread.join();
      return value;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }

  private static <T> void complete(CompletableFuture<T> result, Supplier<T> operation) {
    try {
      result.complete(operation.get());
    } catch (Throwable e) {
      result.completeExceptionally(e);
    }
  }
}

package org.expmaster.webhook.http;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.io.CloseMode;

/**
 * Holds the HTTP client, and replaces it if it dies: an error on one of its threads, such as a lack
 * of memory, ends that thread, and the client would fail every request from then on. Thread-safe.
 */
final class LivingClient {
  private final Function<ThreadFactory, CloseableHttpAsyncClient> clients;
  private final Mishaps mishaps;

  // guarded by this for writing
  private volatile Started current;
  private volatile boolean closed;

  /** A client, and the throwable that ended one of its threads, if any. */
  private record Started(CloseableHttpAsyncClient client, AtomicReference<Throwable> death) {}

  /**
   * Starts a client.
   *
   * @param clients makes an unstarted client whose threads come from the given factory
   */
  LivingClient(Function<ThreadFactory, CloseableHttpAsyncClient> clients, Mishaps mishaps) {
    this.clients = clients;
    this.mishaps = mishaps;
    this.current = start();
  }

  private Started start() {
    AtomicReference<Throwable> death = new AtomicReference<>();
    CloseableHttpAsyncClient client =
        clients.apply(task -> new Thread(() -> run(task, death), "webhooks-http"));
    try {
      client.start();
      return new Started(client, death);
    } catch (RuntimeException | Error failed) {
      client.close(CloseMode.IMMEDIATE);
      throw failed;
    }
  }

  private static void run(Runnable task, AtomicReference<Throwable> death) {
    try {
      task.run();
    } catch (RuntimeException | Error thrown) {
      death.compareAndSet(null, thrown);
      throw thrown;
    }
  }

  CloseableHttpAsyncClient get() {
    return current.client();
  }

  /** Replaces the client if an error has ended one of its threads. */
  void mend() {
    Started seen = current;
    Throwable death = seen.death().get();
    if (death != null) {
      replace(seen, death.getClass().getName());
    }
  }

  /** Replaces a client that has refused to work, unless it has been replaced already. */
  void replace(CloseableHttpAsyncClient dead) {
    Started seen = current;
    if (seen.client() == dead) {
      Throwable death = seen.death().get();
      replace(seen, death == null ? "it no longer takes requests" : death.getClass().getName());
    }
  }

  /** If no new client can be started now, the dead one stays until the next try. */
  private synchronized void replace(Started dead, String why) {
    if (current != dead || closed) {
      return;
    }
    try {
      current = start();
      mishaps.tell("the HTTP client died, and was replaced: " + why);
    } catch (RuntimeException | Error failed) {
      mishaps.tell("replacing the HTTP client failed, and is tried again", failed);
      return;
    }
    try {
      dead.client().close(CloseMode.IMMEDIATE);
    } catch (RuntimeException | Error failed) {
      mishaps.tell("closing the HTTP client that died failed", failed);
    }
  }

  /** Closes gracefully: an immediate close removes the selector that the client's thread uses. */
  void close() {
    closed = true;
    synchronized (this) {
      current.client().close(CloseMode.GRACEFUL);
    }
  }
}

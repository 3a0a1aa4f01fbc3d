package org.expmaster.webhook.http;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.io.CloseMode;

/**
 * The HTTP client. An error on one of its threads (no memory, for one) ends that thread, and the
 * client would fail every request from then on; so it is replaced. Any thread may use it.
 */
final class LivingClient {
  private final Function<ThreadFactory, CloseableHttpAsyncClient> clients;
  private final Mishaps mishaps;

  // guarded by this for writing
  private volatile Started current;
  private volatile boolean closed;

  /** A client, and what ended one of its threads, if anything did. */
  private record Started(CloseableHttpAsyncClient client, AtomicReference<Throwable> death) {}

  /**
   * Starts a client.
   *
   * @param clients makes a client that has not been started, with threads of this factory
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

  /** Replaces the client if one of its threads has ended by an error. */
  void mend() {
    Started seen = current;
    Throwable death = seen.death().get();
    if (death != null) {
      replace(seen, death.getClass().getName());
    }
  }

  /** Replaces this client, which has refused to work, unless that has been done. */
  void replace(CloseableHttpAsyncClient dead) {
    Started seen = current;
    if (seen.client() == dead) {
      Throwable death = seen.death().get();
      replace(seen, death == null ? "it no longer takes requests" : death.getClass().getName());
    }
  }

  /** If there is no other client to be had now, the dead one stays, and it is tried again. */
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

  /** Gracefully: an immediate close pulls the selector from under the client's own thread. */
  void close() {
    closed = true;
    synchronized (this) {
      current.client().close(CloseMode.GRACEFUL);
    }
  }
}

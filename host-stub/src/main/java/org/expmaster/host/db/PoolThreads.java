package org.expmaster.host.db;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the threads of the connection pool, on a thread of its own.
 *
 * <p>The pool makes one whenever someone waits for a connection, perhaps a plugin. A thread keeps
 * the classes reachable that were on the stack when it was made, so it would keep the plugin's.
 */
final class PoolThreads implements ThreadFactory, AutoCloseable {
  private final AtomicInteger number = new AtomicInteger();
  private final ExecutorService maker = Executors.newSingleThreadExecutor(this::make);

  PoolThreads() {
    // starts the maker now, while no plugin is on the stack
    maker.execute(() -> {});
  }

  @Override
  public Thread newThread(Runnable task) {
    return CompletableFuture.supplyAsync(() -> make(task), maker).join();
  }

  private Thread make(Runnable task) {
    Thread thread = new Thread(task, "db-" + number.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    maker.shutdown();
  }
}

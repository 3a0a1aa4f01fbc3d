package org.expmaster.host;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes what was opened, in the opposite order and once: at the end of a command, or at Ctrl-C and
 * SIGTERM.
 */
final class Shutdown implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Shutdown.class);

  private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
  private final Thread hook = new Thread(this::onSignal, "shutdown");

  Shutdown() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** From now on this part is closed at the end. */
  synchronized <T extends AutoCloseable> T closing(T part) {
    toClose.push(part);
    return part;
  }

  /** Waits for the signal, and does not return from it. */
  void await() throws InterruptedException {
    new CountDownLatch(1).await();
  }

  private void onSignal() {
    log.info("stopping");
    boolean clean = closeAll();
    log.info("stopped");
    // a JVM that ends by a signal would report 143, clean as the end may be
    Runtime.getRuntime().halt(clean ? 0 : 1);
  }

  private synchronized boolean closeAll() {
    boolean clean = true;
    while (!toClose.isEmpty()) {
      try {
        toClose.pop().close();
      } catch (Exception | Error e) {
        log.error("did not stop cleanly", e);
        clean = false;
      }
    }
    return clean;
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // a signal came first: its thread is closing everything, and ends the process
      return;
    }
    closeAll();
  }
}

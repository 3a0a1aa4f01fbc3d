package org.expmaster.host;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes resources in reverse order and only once: at the end of a command, or on Ctrl-C or
 * SIGTERM.
 */
final class Shutdown implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Shutdown.class);

  private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
  private final Thread hook = new Thread(this::onSignal, "shutdown");

  Shutdown() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Registers a resource to be closed at the end. */
  synchronized <T extends AutoCloseable> T closing(T part) {
    toClose.push(part);
    return part;
  }

  /** Blocks until a signal ends the process. Never returns normally. */
  void await() throws InterruptedException {
    new CountDownLatch(1).await();
  }

  private void onSignal() {
    log.info("stopping");
    boolean clean = closeAll();
    log.info("stopped");
    // after a signal the JVM would exit with 143, even if everything was closed cleanly
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
      // a signal came first: the hook's thread closes everything and ends the process
      return;
    }
    closeAll();
  }
}

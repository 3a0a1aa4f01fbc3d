package org.expmaster.host;

import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens at Ctrl-C and SIGTERM. */
final class Shutdown {
  private static final Logger log = LoggerFactory.getLogger(Shutdown.class);

  private Shutdown() {}

  static void closeAtTheEnd(AutoCloseable part) {
    Thread hook =
        new Thread(
            () -> {
              log.info("stopping");
              int code = close(part);
              log.info("stopped");
              // a JVM that ends by a signal would report 143, clean as the end may be
              Runtime.getRuntime().halt(code);
            },
            "shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private static int close(AutoCloseable part) {
    try {
      part.close();
      return 0;
    } catch (Exception e) {
      log.error("did not stop cleanly", e);
      return 1;
    }
  }

  /** Waits until the process ends. */
  static void await() throws InterruptedException {
    new CountDownLatch(1).await();
  }
}

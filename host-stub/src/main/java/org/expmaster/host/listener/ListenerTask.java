package org.expmaster.host.listener;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a listener wants done once the transaction has committed. */
public record ListenerTask(String plugin, Runnable task) {
  private static final Logger log = LoggerFactory.getLogger(ListenerTask.class);

  /** Does it; what it throws is logged, for the change is made. */
  public void run() {
    try {
      task.run();
    } catch (Throwable e) {
      Fatal.rethrow(e);
      log.warn("plugin {}: what it does after a commit failed: {}", plugin, e.toString());
      log.debug("plugin {}: after a commit", plugin, e);
    }
  }
}

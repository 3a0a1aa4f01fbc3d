package org.expmaster.host.listener;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A task that a listener has registered for after the commit. */
record ListenerTask(String plugin, Runnable task) {
  private static final Logger log = LoggerFactory.getLogger(ListenerTask.class);

  /** Runs the task. Only logs its exceptions, because the change is committed. */
  void run() {
    try {
      task.run();
    } catch (Throwable e) {
      Fatal.rethrow(e);
      log.warn("plugin {}: what it does after a commit failed: {}", plugin, e.toString());
      log.debug("plugin {}: after a commit", plugin, e);
    }
  }
}

package org.expmaster.plugin;

/** Registers a plugin's background work, so that the master starts, drains and reports it. */
public interface ExecutorRegistry {

  /**
   * Registers an executor. The master starts it after the plugin's {@code start()} has returned,
   * and drains it before it calls {@code stop()}.
   *
   * @throws IllegalStateException if this plugin has already registered an executor of this name,
   *     or is no longer starting
   */
  void register(BackgroundExecutor executor);
}

package org.expmaster.plugin;

/** Where a plugin registers its background work, so that the master starts, drains and shows it. */
public interface ExecutorRegistry {

  /**
   * Registers an executor. The master starts it once the plugin's {@code start()} has returned, and
   * drains it before it calls {@code stop()}.
   *
   * @throws IllegalStateException if this plugin has one of this name already, or is no longer
   *     starting
   */
  void register(BackgroundExecutor executor);
}

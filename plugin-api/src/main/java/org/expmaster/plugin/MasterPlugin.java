package org.expmaster.plugin;

import java.util.Objects;
import org.pf4j.Plugin;

/**
 * The base class of every plugin.
 *
 * <p>The master creates one instance through the constructor that takes a {@link MasterContext}. It
 * calls {@link #start()} once and, if that returned, {@link #stop()} once. Both run on one of the
 * master's threads, never at the same time. An exception from {@code start()} stops this plugin
 * only. Operators read its message, so it should name the setting or the thing that is wrong.
 *
 * <p>Before {@code stop()}, the master lets requests and events that the plugin is handling end, as
 * far as they do within seconds, and drains the executors. It may start the plugin again later, or
 * another version of it, without a restart of its own: as a new instance of newly loaded classes.
 * So nothing of the plugin may remain after {@code stop()}, or its classes stay in memory: no
 * thread, no shutdown hook, no JDBC driver, and no value in a {@link ThreadLocal} of the master's
 * threads, where libraries like to keep buffers.
 *
 * <p>After {@code start()} has returned, the master creates each extension of the plugin once,
 * through the constructor that takes the plugin's own class or the one without parameters.
 */
public abstract class MasterPlugin extends Plugin {
  private final MasterContext master;

  /**
   * @param master the master's services, usable from now until {@code stop()} returns
   */
  protected MasterPlugin(MasterContext master) {
    this.master = Objects.requireNonNull(master, "master");
  }

  /** Returns the master's services. */
  protected final MasterContext master() {
    return master;
  }
}

package org.expmaster.plugin;

import java.util.Objects;
import org.pf4j.Plugin;

/**
 * The base of every plugin.
 *
 * <p>The master makes one instance through the constructor that takes a {@link MasterContext}, then
 * calls {@link #start()} once and, if that returned, {@link #stop()} once. Both run on one of the
 * master's threads, never at the same time. What {@code start()} throws stops this plugin alone;
 * its message is what the operator reads, so it should name the setting or the thing that is wrong.
 *
 * <p>Extensions of this plugin are made by the constructor that takes the plugin's own class, or by
 * the one without parameters, once each, after {@code start()} has returned.
 */
public abstract class MasterPlugin extends Plugin {
  private final MasterContext master;

  /**
   * @param master what this plugin may use of the master, from now until {@code stop()} returns
   */
  protected MasterPlugin(MasterContext master) {
    this.master = Objects.requireNonNull(master, "master");
  }

  /** What this plugin may use of the master. */
  protected final MasterContext master() {
    return master;
  }
}

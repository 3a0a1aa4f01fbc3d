package org.expmaster.host.plugin;

import org.expmaster.plugin.http.Routes;

/** The master's route table, as far as plugins need it. Thread-safe. */
public interface PluginRoutes {

  /** Returns the registry for this plugin's routes. They are not served before it is opened. */
  Routes of(String plugin);

  /** Starts to serve this plugin's routes. */
  void open(String plugin);

  /**
   * Removes this plugin's routes. Until it is opened again or withdrawn, requests to those that
   * were served get 503.
   *
   * @param why the message of the error
   */
  void suspend(String plugin, String why);

  /** Removes this plugin's routes: nothing is known of them any more. */
  void withdraw(String plugin);
}

package org.expmaster.host.listener;

/**
 * A listener and the plugin it belongs to.
 *
 * @param gate admits calls while the plugin runs
 */
public record NamedListener<L>(String plugin, L listener, CallGate gate) {

  /** A listener that is always called. */
  public NamedListener(String plugin, L listener) {
    this(plugin, listener, new CallGate());
  }
}

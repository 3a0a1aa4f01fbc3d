package org.expmaster.host.plugin;

import java.util.Optional;

/** Remembers which version of each plugin ran last, for all masters of a database. Thread-safe. */
public interface PluginVersions {

  /** Returns the version of this plugin that started last; empty if none has. */
  Optional<String> last(String plugin);

  /** Records that this version has started. */
  void started(String plugin, String version);
}

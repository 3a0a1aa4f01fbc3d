package org.expmaster.host.plugin;

import java.nio.file.Path;
import org.pf4j.PluginDescriptor;

/**
 * A plugin's jar.
 *
 * @param source the jar in the plugins directory, which may change or vanish
 * @param copy the master's own copy of it
 * @param descriptor what the copy says it is
 */
record PluginFile(Path source, Path copy, PluginDescriptor descriptor) {
  String id() {
    return descriptor.getPluginId();
  }

  String version() {
    return descriptor.getVersion();
  }

  /** Names the jar and its version, for people. */
  @Override
  public String toString() {
    return source.getFileName() + " (" + version() + ")";
  }
}

package org.expmaster.host.plugin;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps the versions of plugins in memory. */
final class RememberedVersions implements PluginVersions {
  private final Map<String, String> versions = new ConcurrentHashMap<>();

  @Override
  public Optional<String> last(String plugin) {
    return Optional.ofNullable(versions.get(plugin));
  }

  @Override
  public void started(String plugin, String version) {
    versions.put(plugin, version);
  }
}

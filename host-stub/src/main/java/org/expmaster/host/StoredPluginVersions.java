package org.expmaster.host;

import java.util.Optional;
import org.expmaster.host.db.MasterInfo;
import org.expmaster.host.plugin.PluginVersions;
import org.jdbi.v3.core.Jdbi;

/** Keeps the versions of plugins in the master's database. */
record StoredPluginVersions(Jdbi jdbi) implements PluginVersions {
  private static final String PREFIX = "plugin_version.";

  @Override
  public Optional<String> last(String plugin) {
    return MasterInfo.find(jdbi, PREFIX + plugin);
  }

  @Override
  public void started(String plugin, String version) {
    if (!last(plugin).equals(Optional.of(version))) {
      MasterInfo.store(jdbi, PREFIX + plugin, version);
    }
  }
}

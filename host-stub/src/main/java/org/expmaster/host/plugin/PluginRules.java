package org.expmaster.host.plugin;

import java.util.List;

/**
 * What the operator demands of plugins.
 *
 * @param required the plugins without which the master does not start
 * @param allowDowngrade the plugins that may start in an older version than the one that ran last
 * @param versions which versions have run
 */
public record PluginRules(
    List<String> required, List<String> allowDowngrade, PluginVersions versions) {
  public PluginRules {
    required = List.copyOf(required);
    allowDowngrade = List.copyOf(allowDowngrade);
  }
}

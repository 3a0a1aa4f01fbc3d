package org.expmaster.plugin;

import java.util.Map;
import org.pf4j.ExtensionPoint;

/** A plugin's part of the master's effective configuration. */
public interface MasterConfig extends ExtensionPoint {

  /**
   * The effective settings this plugin adds to the master's configuration, as {@code GET
   * /api/v1/master/config} shows them to admins, and to nobody else.
   *
   * <p>The master lays them over what the operator wrote, level by level. It masks every secret the
   * operator wrote; what a plugin returns here it shows as it is, since showing it is the point.
   * Called at every read-out, so that it is true now.
   *
   * @return nested maps whose keys are the parts of a setting's path and whose values are strings,
   *     numbers, booleans, lists, or maps
   */
  default Map<String, Object> effective() {
    return Map.of();
  }
}

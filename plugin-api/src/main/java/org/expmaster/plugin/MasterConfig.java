package org.expmaster.plugin;

import java.util.Map;
import org.pf4j.ExtensionPoint;

/** A plugin's contribution to the master's effective configuration. */
public interface MasterConfig extends ExtensionPoint {

  /**
   * Returns the effective settings that this plugin adds to the master's configuration. {@code GET
   * /api/v1/master/config} shows them to admins only.
   *
   * <p>The master merges them level by level over the operator's settings. It masks every secret
   * the operator wrote, but shows the values returned here as they are, since showing them is the
   * point. It calls this method whenever the configuration is read, so the values are current.
   *
   * @return nested maps whose keys are the segments of a setting's path and whose values are
   *     strings, numbers, booleans, lists or maps
   */
  default Map<String, Object> effective() {
    return Map.of();
  }
}

package org.expmaster.host.plugin;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;

/** The meters of one plugin: those of the master, with the plugin's id as a label. */
final class PluginMeters {
  private final CompositeMeterRegistry registry = new CompositeMeterRegistry();
  private final MeterRegistry masters;

  PluginMeters(String plugin, MeterRegistry masters) {
    this.masters = masters;
    registry.config().commonTags("plugin", plugin);
    registry.add(masters);
  }

  MeterRegistry registry() {
    return registry;
  }

  /** Removes all meters; what the plugin registers from now on is not seen. */
  void withdraw() {
    registry.clear();
    registry.remove(masters);
  }
}

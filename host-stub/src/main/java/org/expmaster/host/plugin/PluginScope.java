package org.expmaster.host.plugin;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.expmaster.plugin.MasterContext;

/** Everything that one plugin was given, so that it can be revoked. */
final class PluginScope {
  private final String plugin;
  private final HostServices host;
  private final PluginDataSource dataSource;
  private final PluginExecutors executors;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  PluginScope(String plugin, HostServices host) {
    this.plugin = plugin;
    this.host = host;
    this.dataSource = new PluginDataSource(host.dataSource());
    this.executors = new PluginExecutors(plugin);
  }

  MasterContext context() {
    return new PluginContext(host, dataSource, host.routes().of(plugin), executors, meters);
  }

  PluginExecutors executors() {
    return executors;
  }

  MeterRegistry meters() {
    return meters;
  }

  void openRoutes() {
    host.routes().open(plugin);
  }

  void withdrawRoutes() {
    host.routes().withdraw(plugin);
  }

  void withdrawAll() {
    withdrawRoutes();
    dataSource.withdraw();
    meters.close();
  }
}

package org.expmaster.host.plugin;

import org.expmaster.host.listener.CallGate;
import org.expmaster.plugin.MasterContext;
import org.expmaster.plugin.http.Routes;

/** Everything that one plugin was given, so that it can be revoked. */
final class PluginScope {
  private final String plugin;
  private final HostServices host;
  private final PluginDataSource dataSource;
  private final PluginExecutors executors;
  private final CallGate gate = new CallGate();
  private final PluginMeters meters;

  PluginScope(String plugin, HostServices host) {
    this.plugin = plugin;
    this.host = host;
    this.dataSource = new PluginDataSource(host.dataSource());
    this.executors = new PluginExecutors(plugin);
    this.meters = new PluginMeters(plugin, host.meters());
  }

  MasterContext context() {
    Routes routes = new GuardedRoutes(plugin, host.routes().of(plugin), gate);
    return new PluginContext(host, dataSource, routes, executors, meters.registry());
  }

  /** Returns what admits the master's calls into the plugin. */
  CallGate gate() {
    return gate;
  }

  PluginExecutors executors() {
    return executors;
  }

  void openRoutes() {
    host.routes().open(plugin);
  }

  /** Admits no further request or event; those under way run on. */
  void closeToCalls() {
    gate.close();
    host.routes().suspend(plugin, GuardedRoutes.away(plugin));
  }

  void withdrawAll() {
    closeToCalls();
    dataSource.withdraw();
    meters.withdraw();
  }
}

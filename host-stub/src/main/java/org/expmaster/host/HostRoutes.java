package org.expmaster.host;

import org.expmaster.host.http.RouteTable;
import org.expmaster.host.plugin.PluginRoutes;
import org.expmaster.plugin.http.Routes;

/** Lets plugins use this master's route table. */
public record HostRoutes(RouteTable table) implements PluginRoutes {
  @Override
  public Routes of(String plugin) {
    return table.of(plugin);
  }

  @Override
  public void open(String plugin) {
    table.open(plugin);
  }

  @Override
  public void suspend(String plugin, String why) {
    table.suspend(plugin, why);
  }

  @Override
  public void withdraw(String plugin) {
    table.withdraw(plugin);
  }
}

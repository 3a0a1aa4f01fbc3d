package org.expmaster.host.plugin;

import java.time.Clock;
import javax.sql.DataSource;
import org.expmaster.host.http.RouteTable;
import org.expmaster.plugin.Experiments;
import org.expmaster.plugin.Settings;

/** What the master has to offer, before it is cut to one plugin's size. */
public record HostServices(
    Settings settings,
    DataSource dataSource,
    RouteTable routes,
    Experiments experiments,
    Clock clock) {}

package org.expmaster.host.plugin;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.expmaster.plugin.ExecutorRegistry;
import org.expmaster.plugin.Experiments;
import org.expmaster.plugin.MasterContext;
import org.expmaster.plugin.Settings;
import org.expmaster.plugin.http.Routes;

/** One plugin's view of the master. */
record PluginContext(
    Settings settings,
    DataSource dataSource,
    Routes routes,
    ExecutorRegistry executors,
    Experiments experiments,
    MeterRegistry meters,
    Clock clock)
    implements MasterContext {}

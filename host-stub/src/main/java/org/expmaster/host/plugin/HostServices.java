package org.expmaster.host.plugin;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.expmaster.plugin.Experiments;
import org.expmaster.plugin.Settings;
import org.expmaster.plugin.Tracing;
import org.expmaster.plugin.WebhookPermissions;

/** The master's services, before they are limited to one plugin. */
public record HostServices(
    Settings settings,
    DataSource dataSource,
    PluginRoutes routes,
    Experiments experiments,
    WebhookPermissions webhookPermissions,
    MeterRegistry meters,
    Tracing tracing,
    Clock clock) {}

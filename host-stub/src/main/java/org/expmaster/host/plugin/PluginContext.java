package org.expmaster.host.plugin;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.expmaster.plugin.ExecutorRegistry;
import org.expmaster.plugin.Experiments;
import org.expmaster.plugin.MasterContext;
import org.expmaster.plugin.Settings;
import org.expmaster.plugin.Tracing;
import org.expmaster.plugin.WebhookPermissions;
import org.expmaster.plugin.http.Routes;

/** One plugin's view of the master: what all plugins share, and what is its own. */
record PluginContext(
    HostServices host,
    DataSource dataSource,
    Routes routes,
    ExecutorRegistry executors,
    MeterRegistry meters)
    implements MasterContext {

  @Override
  public Settings settings() {
    return host.settings();
  }

  @Override
  public Experiments experiments() {
    return host.experiments();
  }

  @Override
  public WebhookPermissions webhookPermissions() {
    return host.webhookPermissions();
  }

  @Override
  public Tracing tracing() {
    return host.tracing();
  }

  @Override
  public Clock clock() {
    return host.clock();
  }
}

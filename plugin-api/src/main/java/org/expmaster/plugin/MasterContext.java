package org.expmaster.plugin;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.expmaster.plugin.http.Routes;

/**
 * The services that the master offers to one plugin.
 *
 * <p>Each plugin gets its own context. The master revokes everything registered here: after the
 * plugin has stopped or failed to start, its routes answer 404, its executors have been drained and
 * its meters are gone.
 */
public interface MasterContext {

  /** Returns the operator's settings. They do not change during the plugin's lifetime. */
  Settings settings();

  /**
   * Returns the master's own database: PostgreSQL or SQLite, as reported by {@code
   * getMetaData().getDatabaseProductName()}.
   *
   * <p>Connections come from a pool, in auto-commit mode, and go back to it clean. For SQLite the
   * pool may hold <em>one</em> connection. Therefore hold a connection briefly, never across
   * anything that waits, and never request a second one while holding a first or inside a {@link
   * MasterTransaction}. On SQLite the master guarantees write-ahead logging, {@code
   * synchronous=FULL} and transactions that begin {@code IMMEDIATE}: a transaction that has begun
   * can write.
   *
   * <p>A plugin creates its own tables, with names that start with its id.
   */
  DataSource dataSource();

  /** Returns the registry for the plugin's REST routes and pages. */
  Routes routes();

  /** Returns the registry for the plugin's background work. */
  ExecutorRegistry executors();

  /** Returns the look-ups of experiments and workspaces. */
  Experiments experiments();

  /**
   * Returns the master's rule of who may view and edit webhooks. By default, that of a master
   * without roles.
   */
  default WebhookPermissions webhookPermissions() {
    return WebhookPermissions.withoutRoles(experiments());
  }

  /** Returns the registry for the plugin's meters, removed when the plugin has stopped. */
  MeterRegistry meters();

  /** Returns the master's tracing. By default, that of a master without tracing. */
  default Tracing tracing() {
    return Tracing.NONE;
  }

  /** Returns the master's clock, the only one from which a plugin should read the time of day. */
  Clock clock();
}

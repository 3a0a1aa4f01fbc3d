package org.expmaster.plugin;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.expmaster.plugin.http.Routes;

/**
 * What one plugin may use of the master.
 *
 * <p>Each plugin gets its own. What it registers here the master takes back by itself: after the
 * plugin has stopped or failed to start, its routes answer 404, its executors have been drained and
 * its meters are gone.
 */
public interface MasterContext {

  /** What the operator wrote. Does not change while the plugin lives. */
  Settings settings();

  /**
   * The master's own database: PostgreSQL or SQLite, which {@code
   * getMetaData().getDatabaseProductName()} tells.
   *
   * <p>Connections come in auto-commit mode and go back clean. A pool stands behind it, and for
   * SQLite that pool may hold <em>one</em> connection: so hold a connection briefly, never across
   * anything that waits, and never ask for a second one while holding a first or while inside a
   * {@link MasterTransaction}. On SQLite the master guarantees write-ahead logging, {@code
   * synchronous=FULL} and transactions that begin {@code IMMEDIATE}: a transaction that has begun
   * can write.
   *
   * <p>A plugin creates its own tables, under names that start with its id.
   */
  DataSource dataSource();

  /** Where the plugin adds its REST routes and pages. */
  Routes routes();

  /** Where the plugin registers its background work. */
  ExecutorRegistry executors();

  /** Look-ups of experiments and workspaces. */
  Experiments experiments();

  /** Where the plugin registers its meters; the master removes them when the plugin has stopped. */
  MeterRegistry meters();

  /** The master's clock: the only one a plugin should read the time of day from. */
  Clock clock();
}

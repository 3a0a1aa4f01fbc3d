package org.expmaster.webhook.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Controls the time that PostgreSQL tells later connections to one database. */
public final class DatabaseClock {
  private final TestDatabase database;

  /** Shadows PostgreSQL's {@code clock_timestamp()} with a function of this class. */
  public DatabaseClock(TestDatabase database) {
    this.database = database;
    execute("CREATE TABLE turned (seconds DOUBLE PRECISION NOT NULL, stands DOUBLE PRECISION)");
    execute("INSERT INTO turned VALUES (0, NULL)");
    execute(
        """
        CREATE FUNCTION clock_timestamp() RETURNS TIMESTAMPTZ LANGUAGE SQL VOLATILE AS
          'SELECT CASE WHEN stands IS NULL THEN pg_catalog.clock_timestamp()
             ELSE to_timestamp(stands) END + seconds * INTERVAL ''1 second'' FROM public.turned'
        """);
    database.set("search_path = public, pg_catalog");
  }

  /** Stops the clock, which then moves only by {@link #set}. */
  public void stop() {
    execute("UPDATE turned SET stands = 1772366400");
  }

  /** Sets the clock forward, or back by a negative duration. */
  public void set(Duration by) {
    execute("UPDATE turned SET seconds = seconds + " + by.toMillis() / 1000.0);
  }

  private void execute(String sql) {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }
}

package org.expmaster.webhook.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** What PostgreSQL believes the time to be, for all who ask one database from now on. */
public final class DatabaseClock {
  private final TestDatabase database;

  /** Puts a function of ours before PostgreSQL's own. */
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

  /** From now on it stands still unless it is set. */
  public void stop() {
    execute("UPDATE turned SET stands = 1772366400");
  }

  /** Sets it ahead, or back. */
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

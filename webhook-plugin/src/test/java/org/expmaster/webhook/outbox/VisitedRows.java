package org.expmaster.webhook.outbox;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.expmaster.webhook.testing.TestDatabase;

/** Counts the rows of our tables that PostgreSQL has visited, by its own statistics. */
final class VisitedRows {
  private VisitedRows() {}

  static long in(TestDatabase testDatabase) throws SQLException {
    try (Connection connection = testDatabase.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      // makes the next commit flush this connection's statistics, instead of a second later
      statement.execute("SELECT pg_stat_force_next_flush()");
      try (ResultSet row =
          statement.executeQuery(
              """
              SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0))
              FROM pg_stat_user_tables WHERE relname LIKE 'webhooks%'
              """)) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}

package org.expmaster.webhook.outbox;

import java.sql.SQLException;
import org.expmaster.webhook.testing.TestDatabase;

/** Counts the rows that PostgreSQL visits. */
final class PostgresQueryCostTest extends QueryCostContract {
  private TestDatabase testDatabase;

  @Override
  TestDatabase fresh() {
    return TestDatabase.postgres();
  }

  @Override
  void watch(TestDatabase watched) {
    testDatabase = watched;
  }

  @Override
  long cost() throws SQLException {
    return VisitedRows.in(testDatabase);
  }
}

package org.expmaster.host.experiment;

import org.expmaster.host.config.DbSettings;
import org.expmaster.host.testing.TestDatabase;

final class PostgresqlEndsTest extends EndsContract {
  @Override
  DbSettings newDatabase() throws Exception {
    return TestDatabase.postgresql();
  }

  @Override
  String explain(String query) {
    return "EXPLAIN " + query;
  }
}

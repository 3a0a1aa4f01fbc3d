package org.expmaster.host.db;

import org.expmaster.host.config.DbSettings;
import org.expmaster.host.testing.TestDatabase;

final class PostgresqlTest extends DatabaseContract {
  @Override
  DbSettings newDatabase() throws Exception {
    return TestDatabase.postgresql();
  }
}

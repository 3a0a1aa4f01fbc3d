package org.expmaster.webhook.db;

import java.sql.SQLException;
import org.expmaster.webhook.testing.TestDatabase;

final class PostgresRepeatingTest extends RepeatingContract {
  @Override
  TestDatabase newDatabase() {
    return TestDatabase.postgres();
  }

  @Override
  SQLException again() {
    return new SQLException("could not serialize access", "40001");
  }
}

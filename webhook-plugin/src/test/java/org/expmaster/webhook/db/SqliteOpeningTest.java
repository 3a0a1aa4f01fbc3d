package org.expmaster.webhook.db;

import org.expmaster.webhook.testing.TestDatabase;

final class SqliteOpeningTest extends OpeningContract {
  @Override
  TestDatabase newDatabase() {
    return TestDatabase.sqlite(directory);
  }
}

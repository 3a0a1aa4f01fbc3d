package org.expmaster.webhook.outbox;

import org.expmaster.webhook.testing.TestDatabase;

final class PostgresStorageTest extends StorageContract {
  @Override
  TestDatabase fresh() {
    return TestDatabase.postgres();
  }
}

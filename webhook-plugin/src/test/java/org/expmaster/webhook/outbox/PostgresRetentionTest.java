package org.expmaster.webhook.outbox;

import org.expmaster.webhook.testing.TestDatabase;

final class PostgresRetentionTest extends RetentionContract {
  @Override
  TestDatabase fresh() {
    return TestDatabase.postgres();
  }
}

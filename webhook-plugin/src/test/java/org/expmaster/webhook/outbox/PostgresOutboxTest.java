package org.expmaster.webhook.outbox;

import org.expmaster.webhook.testing.TestDatabase;

final class PostgresOutboxTest extends OutboxContract {
  @Override
  TestDatabase fresh() {
    return TestDatabase.postgres();
  }
}

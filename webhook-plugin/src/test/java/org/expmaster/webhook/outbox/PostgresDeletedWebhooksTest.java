package org.expmaster.webhook.outbox;

import org.expmaster.webhook.testing.TestDatabase;

final class PostgresDeletedWebhooksTest extends DeletedWebhooksContract {
  @Override
  TestDatabase fresh() {
    return TestDatabase.postgres();
  }
}

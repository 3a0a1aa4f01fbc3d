package org.expmaster.webhook.outbox;

import org.expmaster.webhook.testing.TestDatabase;

final class PostgresRedeliveryTest extends RedeliveryContract {
  @Override
  TestDatabase fresh() {
    return TestDatabase.postgres();
  }
}

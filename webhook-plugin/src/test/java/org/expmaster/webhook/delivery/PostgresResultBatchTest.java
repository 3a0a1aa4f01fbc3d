package org.expmaster.webhook.delivery;

import org.expmaster.webhook.testing.TestDatabase;

final class PostgresResultBatchTest extends ResultBatchContract {
  @Override
  TestDatabase fresh() {
    return TestDatabase.postgres();
  }
}

package org.expmaster.webhook.outbox;

import org.expmaster.webhook.testing.TestDatabase;

final class PostgresHistoryTest extends HistoryContract {
  @Override
  TestDatabase fresh() {
    return TestDatabase.postgres();
  }
}

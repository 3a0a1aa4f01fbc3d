package org.expmaster.webhook.outbox;

import org.expmaster.webhook.testing.TestDatabase;

final class PostgresFiredTriggersTest extends FiredTriggersContract {
  @Override
  TestDatabase fresh() {
    return TestDatabase.postgres();
  }
}

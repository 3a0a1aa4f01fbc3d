package org.expmaster.webhook.publish;

import org.expmaster.webhook.testing.TestDatabase;

final class PostgresEventPublisherTest extends EventPublisherContract {
  @Override
  TestDatabase fresh() {
    return TestDatabase.postgres();
  }
}

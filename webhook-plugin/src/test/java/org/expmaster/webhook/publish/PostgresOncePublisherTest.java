package org.expmaster.webhook.publish;

import org.expmaster.webhook.testing.TestDatabase;

final class PostgresOncePublisherTest extends OncePublisherContract {
  @Override
  TestDatabase fresh() {
    return TestDatabase.postgres();
  }
}

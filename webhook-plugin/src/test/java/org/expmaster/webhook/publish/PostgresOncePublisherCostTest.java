package org.expmaster.webhook.publish;

import org.expmaster.webhook.testing.TestDatabase;

final class PostgresOncePublisherCostTest extends OncePublisherCostContract {
  @Override
  TestDatabase fresh() {
    return TestDatabase.postgres();
  }
}

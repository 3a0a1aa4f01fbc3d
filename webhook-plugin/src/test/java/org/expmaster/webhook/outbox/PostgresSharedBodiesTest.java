package org.expmaster.webhook.outbox;

import org.expmaster.webhook.testing.TestDatabase;

final class PostgresSharedBodiesTest extends SharedBodiesContract {
  @Override
  TestDatabase fresh() {
    return TestDatabase.postgres();
  }
}

package org.expmaster.webhook.registry;

import org.expmaster.webhook.testing.TestDatabase;

final class PostgresRandomEditsTest extends RandomEditsContract {
  @Override
  TestDatabase fresh() {
    return TestDatabase.postgres();
  }
}

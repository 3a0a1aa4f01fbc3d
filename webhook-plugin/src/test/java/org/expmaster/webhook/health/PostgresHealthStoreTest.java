package org.expmaster.webhook.health;

import org.expmaster.webhook.testing.TestDatabase;

final class PostgresHealthStoreTest extends HealthStoreContract {
  @Override
  TestDatabase fresh() {
    return TestDatabase.postgres();
  }
}

package org.expmaster.webhook.registry;

import org.expmaster.webhook.testing.TestDatabase;

final class PostgresRegistryFollowTest extends RegistryFollowContract {
  @Override
  TestDatabase fresh() {
    return TestDatabase.postgres();
  }
}

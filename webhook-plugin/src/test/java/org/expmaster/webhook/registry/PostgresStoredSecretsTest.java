package org.expmaster.webhook.registry;

import org.expmaster.webhook.testing.TestDatabase;

final class PostgresStoredSecretsTest extends StoredSecretsContract {
  @Override
  TestDatabase fresh() {
    return TestDatabase.postgres();
  }
}

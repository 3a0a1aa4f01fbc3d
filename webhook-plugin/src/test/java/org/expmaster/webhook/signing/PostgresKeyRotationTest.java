package org.expmaster.webhook.signing;

import org.expmaster.webhook.testing.TestDatabase;

final class PostgresKeyRotationTest extends KeyRotationContract {
  @Override
  TestDatabase fresh() {
    return TestDatabase.postgres();
  }
}

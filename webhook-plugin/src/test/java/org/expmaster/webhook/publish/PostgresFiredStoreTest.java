package org.expmaster.webhook.publish;

import org.expmaster.webhook.testing.TestDatabase;

final class PostgresFiredStoreTest extends FiredStoreContract {
  @Override
  TestDatabase fresh() {
    return TestDatabase.postgres();
  }
}

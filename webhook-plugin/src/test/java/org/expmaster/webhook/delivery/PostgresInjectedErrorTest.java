package org.expmaster.webhook.delivery;

import org.expmaster.webhook.testing.TestDatabase;

final class PostgresInjectedErrorTest extends InjectedErrorContract {
  @Override
  TestDatabase fresh() {
    return TestDatabase.postgres();
  }
}

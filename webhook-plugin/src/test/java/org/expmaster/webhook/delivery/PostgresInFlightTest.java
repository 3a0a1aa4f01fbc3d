package org.expmaster.webhook.delivery;

import org.expmaster.webhook.testing.TestDatabase;

final class PostgresInFlightTest extends InFlightContract {
  @Override
  TestDatabase fresh() {
    return TestDatabase.postgres();
  }
}

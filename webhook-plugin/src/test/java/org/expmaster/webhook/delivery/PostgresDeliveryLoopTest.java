package org.expmaster.webhook.delivery;

import org.expmaster.webhook.testing.TestDatabase;

final class PostgresDeliveryLoopTest extends DeliveryLoopContract {
  @Override
  TestDatabase fresh() {
    return TestDatabase.postgres();
  }
}

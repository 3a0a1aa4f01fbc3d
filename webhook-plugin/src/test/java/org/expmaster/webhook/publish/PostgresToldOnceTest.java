package org.expmaster.webhook.publish;

import org.expmaster.webhook.testing.TestDatabase;

final class PostgresToldOnceTest extends ToldOnceContract {
  @Override
  TestDatabase fresh() {
    return TestDatabase.postgres();
  }
}

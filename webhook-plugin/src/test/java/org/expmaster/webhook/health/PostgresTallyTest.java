package org.expmaster.webhook.health;

import org.expmaster.webhook.testing.TestDatabase;

final class PostgresTallyTest extends TallyContract {
  @Override
  TestDatabase fresh() {
    return TestDatabase.postgres();
  }
}

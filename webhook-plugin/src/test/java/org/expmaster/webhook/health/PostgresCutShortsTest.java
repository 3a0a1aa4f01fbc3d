package org.expmaster.webhook.health;

import org.expmaster.webhook.testing.TestDatabase;

final class PostgresCutShortsTest extends CutShortsContract {
  @Override
  TestDatabase fresh() {
    return TestDatabase.postgres();
  }
}

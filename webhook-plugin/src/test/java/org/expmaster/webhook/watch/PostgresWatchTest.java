package org.expmaster.webhook.watch;

import org.expmaster.webhook.testing.TestDatabase;

final class PostgresWatchTest extends WatchContract {
  @Override
  TestDatabase fresh() {
    return TestDatabase.postgres();
  }
}

package org.expmaster.webhook.outbox;

import org.expmaster.webhook.testing.TestDatabase;

final class PostgresRecordingTest extends RecordingContract {
  @Override
  TestDatabase fresh() {
    return TestDatabase.postgres();
  }
}

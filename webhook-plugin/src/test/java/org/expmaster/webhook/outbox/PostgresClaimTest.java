package org.expmaster.webhook.outbox;

import org.expmaster.webhook.testing.TestDatabase;

final class PostgresClaimTest extends ClaimContract {
  @Override
  TestDatabase fresh() {
    return TestDatabase.postgres();
  }
}

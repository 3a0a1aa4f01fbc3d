package org.expmaster.webhook.rest;

import org.expmaster.webhook.testing.TestDatabase;

final class PostgresAuditTest extends AuditContract {
  @Override
  TestDatabase fresh() {
    return TestDatabase.postgres();
  }
}

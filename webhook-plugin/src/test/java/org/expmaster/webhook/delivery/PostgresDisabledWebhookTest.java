package org.expmaster.webhook.delivery;

import org.expmaster.webhook.testing.TestDatabase;

final class PostgresDisabledWebhookTest extends DisabledWebhookContract {
  @Override
  TestDatabase fresh() {
    return TestDatabase.postgres();
  }
}

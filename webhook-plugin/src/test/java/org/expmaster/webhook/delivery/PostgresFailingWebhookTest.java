package org.expmaster.webhook.delivery;

import org.expmaster.webhook.testing.TestDatabase;

final class PostgresFailingWebhookTest extends FailingWebhookContract {
  @Override
  TestDatabase fresh() {
    return TestDatabase.postgres();
  }
}

package org.expmaster.webhook.registry;

import org.expmaster.webhook.testing.TestDatabase;

final class PostgresWebhookUpdateTest extends WebhookUpdateContract {
  @Override
  TestDatabase fresh() {
    return TestDatabase.postgres();
  }
}

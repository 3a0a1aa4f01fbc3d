package org.expmaster.webhook.registry;

import org.expmaster.webhook.testing.TestDatabase;

final class PostgresWebhookRegistryTest extends WebhookRegistryContract {
  @Override
  TestDatabase fresh() {
    return TestDatabase.postgres();
  }
}

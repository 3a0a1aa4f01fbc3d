package org.expmaster.webhook.rest;

import org.expmaster.webhook.testing.TestDatabase;

final class PostgresWebhookPagesTest extends WebhookPagesContract {
  @Override
  TestDatabase fresh() {
    return TestDatabase.postgres();
  }
}

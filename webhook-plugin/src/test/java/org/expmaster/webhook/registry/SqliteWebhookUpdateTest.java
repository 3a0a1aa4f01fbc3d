package org.expmaster.webhook.registry;

import java.nio.file.Path;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.io.TempDir;

final class SqliteWebhookUpdateTest extends WebhookUpdateContract {
  @TempDir Path directory;

  @Override
  TestDatabase fresh() {
    return TestDatabase.sqlite(directory);
  }
}

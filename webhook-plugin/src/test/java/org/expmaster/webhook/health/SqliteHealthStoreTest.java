package org.expmaster.webhook.health;

import java.nio.file.Path;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.io.TempDir;

final class SqliteHealthStoreTest extends HealthStoreContract {
  @TempDir Path directory;

  @Override
  TestDatabase fresh() {
    return TestDatabase.sqlite(directory);
  }
}

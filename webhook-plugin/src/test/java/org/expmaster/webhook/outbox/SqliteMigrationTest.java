package org.expmaster.webhook.outbox;

import java.nio.file.Path;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.io.TempDir;

final class SqliteMigrationTest extends MigrationContract {
  @TempDir Path directory;

  @Override
  TestDatabase fresh() {
    return TestDatabase.sqlite(directory);
  }

  @Override
  String migrations() {
    return "classpath:org/expmaster/webhook/db/sqlite";
  }
}

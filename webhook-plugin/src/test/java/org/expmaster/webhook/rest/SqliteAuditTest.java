package org.expmaster.webhook.rest;

import java.nio.file.Path;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.io.TempDir;

final class SqliteAuditTest extends AuditContract {
  @TempDir private Path directory;

  @Override
  TestDatabase fresh() {
    return TestDatabase.sqlite(directory);
  }
}

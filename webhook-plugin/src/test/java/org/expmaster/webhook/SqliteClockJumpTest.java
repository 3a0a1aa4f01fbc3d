package org.expmaster.webhook;

import java.nio.file.Path;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.io.TempDir;

final class SqliteClockJumpTest extends ClockJumpContract {
  @TempDir private Path directory;

  @Override
  TestDatabase newDatabase() {
    return TestDatabase.sqlite(directory);
  }
}

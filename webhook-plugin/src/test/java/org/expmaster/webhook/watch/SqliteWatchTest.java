package org.expmaster.webhook.watch;

import java.nio.file.Path;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.io.TempDir;

final class SqliteWatchTest extends WatchContract {
  @TempDir private Path directory;

  @Override
  TestDatabase fresh() {
    return TestDatabase.sqlite(directory);
  }
}

package org.expmaster.webhook.outbox;

import java.nio.file.Path;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.io.TempDir;

final class SqliteSharedBodiesTest extends SharedBodiesContract {
  @TempDir Path directory;

  @Override
  TestDatabase fresh() {
    return TestDatabase.sqlite(directory);
  }
}

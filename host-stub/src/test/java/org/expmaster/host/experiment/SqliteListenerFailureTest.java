package org.expmaster.host.experiment;

import java.nio.file.Path;
import org.expmaster.host.config.DbSettings;
import org.expmaster.host.testing.TestDatabase;
import org.junit.jupiter.api.io.TempDir;

final class SqliteListenerFailureTest extends ListenerFailureContract {
  @TempDir private Path directory;

  @Override
  DbSettings newDatabase() {
    return TestDatabase.sqlite(directory);
  }
}

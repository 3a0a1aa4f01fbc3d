package org.expmaster.host.experiment;

import java.nio.file.Path;
import org.expmaster.host.config.DbSettings;
import org.expmaster.host.testing.TestDatabase;
import org.junit.jupiter.api.io.TempDir;

final class SqliteEndsTest extends EndsContract {
  @TempDir private Path directory;

  @Override
  DbSettings newDatabase() throws Exception {
    return TestDatabase.sqlite(directory);
  }

  @Override
  String explain(String query) {
    return "EXPLAIN QUERY PLAN " + query;
  }
}

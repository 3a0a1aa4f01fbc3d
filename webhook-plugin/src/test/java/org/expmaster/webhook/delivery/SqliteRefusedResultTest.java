package org.expmaster.webhook.delivery;

import java.nio.file.Path;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.io.TempDir;

final class SqliteRefusedResultTest extends RefusedResultContract {
  @TempDir Path directory;

  @Override
  TestDatabase fresh() {
    return TestDatabase.sqlite(directory);
  }

  @Override
  String[] refusal(String operation, String table, String condition) {
    return new String[] {
      "CREATE TRIGGER refusing BEFORE %s ON %s WHEN %s BEGIN SELECT RAISE(ABORT, 'refused'); END"
          .formatted(operation, table, condition)
    };
  }

  @Override
  String allowed(String table) {
    return "DROP TRIGGER refusing";
  }
}

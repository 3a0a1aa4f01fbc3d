package org.expmaster.webhook.outbox;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;

/** Counts the steps of SQLite's virtual machine, in hundreds. */
final class SqliteQueryCostTest extends QueryCostContract {
  private static final int STEPS = 100;

  @TempDir Path directory;

  private final AtomicLong hundreds = new AtomicLong();

  @Override
  TestDatabase fresh() {
    return TestDatabase.sqlite(directory);
  }

  @Override
  void watch(TestDatabase testDatabase) throws SQLException {
    // the pool has only one connection, so this one runs all queries
    try (Connection connection = testDatabase.dataSource().getConnection()) {
      ProgressHandler.setHandler(
          connection.unwrap(SQLiteConnection.class),
          STEPS,
          new ProgressHandler() {
            @Override
            protected int progress() {
              hundreds.incrementAndGet();
              return 0;
            }
          });
    }
  }

  @Override
  long cost() {
    return hundreds.get();
  }
}

package org.expmaster.webhook.db;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.expmaster.webhook.testing.TestDatabase;
import org.expmaster.webhook.testing.TurnableClock;
import org.junit.jupiter.api.io.TempDir;

final class SqliteSharedClockTest extends SharedClockContract {
  @TempDir private Path directory;

  private final TurnableClock clock = new TurnableClock();

  @Override
  TestDatabase newDatabase() {
    return TestDatabase.sqlite(directory);
  }

  @Override
  Clock masters() {
    return clock;
  }

  @Override
  void turnWall(Duration by) {
    clock.turn(by);
  }
}

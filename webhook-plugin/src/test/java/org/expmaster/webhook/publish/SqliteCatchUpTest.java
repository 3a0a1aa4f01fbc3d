package org.expmaster.webhook.publish;

import java.nio.file.Path;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.io.TempDir;

final class SqliteCatchUpTest extends CatchUpContract {
  @TempDir Path directory;

  @Override
  TestDatabase fresh() {
    return TestDatabase.sqlite(directory);
  }

  @Override
  String refusing(long experimentId) {
    return experimentId < 0
        ? "DROP TRIGGER refused"
        : "CREATE TRIGGER refused BEFORE INSERT ON webhooks_event WHEN NEW.experiment_id = "
            + experimentId
            + " BEGIN SELECT RAISE(ABORT, 'refused'); END";
  }
}

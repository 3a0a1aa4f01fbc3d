package org.expmaster.webhook.publish;

import org.expmaster.webhook.testing.TestDatabase;

final class PostgresCatchUpTest extends CatchUpContract {
  @Override
  TestDatabase fresh() {
    return TestDatabase.postgres();
  }

  @Override
  String refusing(long experimentId) {
    return experimentId < 0
        ? "ALTER TABLE webhooks_event DROP CONSTRAINT refused"
        : "ALTER TABLE webhooks_event ADD CONSTRAINT refused CHECK (experiment_id <> "
            + experimentId
            + ")";
  }
}

package org.expmaster.webhook.outbox;

import org.expmaster.webhook.testing.TestDatabase;
import org.jdbi.v3.core.Handle;

final class PostgresMigrationTest extends MigrationContract {
  @Override
  TestDatabase fresh() {
    return TestDatabase.postgres();
  }

  @Override
  String migrations() {
    return "classpath:org/expmaster/webhook/db/postgresql";
  }

  @Override
  void advanceIds(Handle handle, int to) {
    handle.execute("SELECT setval(pg_get_serial_sequence('webhooks_delivery', 'id'), ?)", to);
  }
}

package org.expmaster.host.experiment;

import org.expmaster.host.config.DbSettings;
import org.expmaster.host.testing.TestDatabase;

final class PostgresqlListenerFailureTest extends ListenerFailureContract {
  @Override
  DbSettings newDatabase() throws Exception {
    return TestDatabase.postgresql();
  }
}

package org.expmaster.host.experiment;

import org.expmaster.host.config.DbSettings;
import org.expmaster.host.testing.TestDatabase;

final class PostgresqlListenerTransactionTest extends ListenerTransactionContract {
  @Override
  DbSettings newDatabase() throws Exception {
    return TestDatabase.postgresql();
  }
}

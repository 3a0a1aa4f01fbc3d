package org.expmaster.host.workspace;

import org.expmaster.host.config.DbSettings;
import org.expmaster.host.testing.TestDatabase;

final class PostgresqlRoleStoreTest extends RoleStoreContract {
  @Override
  DbSettings newDatabase() throws Exception {
    return TestDatabase.postgresql();
  }
}

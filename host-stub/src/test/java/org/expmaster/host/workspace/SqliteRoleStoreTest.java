package org.expmaster.host.workspace;

import java.nio.file.Path;
import org.expmaster.host.config.DbSettings;
import org.expmaster.host.testing.TestDatabase;
import org.junit.jupiter.api.io.TempDir;

final class SqliteRoleStoreTest extends RoleStoreContract {
  @TempDir private Path directory;

  @Override
  DbSettings newDatabase() {
    return TestDatabase.sqlite(directory);
  }
}

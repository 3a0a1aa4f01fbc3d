package org.expmaster.host.task;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.expmaster.host.config.DbSettings;
import org.expmaster.host.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class PostgresqlRecorderTest extends RecorderContract {
  private static EmbeddedPostgres server;

  @BeforeAll
  static void startTheServer() throws IOException {
    server = TestDatabase.postgresqlServer();
  }

  @AfterAll
  static void stopTheServer() throws IOException {
    server.close();
  }

  @Override
  DbSettings newDatabase() throws Exception {
    return TestDatabase.postgresql(server);
  }
}

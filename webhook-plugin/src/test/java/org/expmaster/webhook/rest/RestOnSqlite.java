package org.expmaster.webhook.rest;

import java.nio.file.Path;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The REST API, called without a server, over a fresh SQLite database for each test. */
abstract class RestOnSqlite {
  @TempDir private Path directory;
  RestFixture rest;
  RestCalls calls;

  @BeforeEach
  final void openDatabase() {
    rest = new RestFixture(TestDatabase.sqlite(directory));
    calls = new RestCalls(rest);
  }

  @AfterEach
  final void closeDatabase() {
    rest.close();
  }
}

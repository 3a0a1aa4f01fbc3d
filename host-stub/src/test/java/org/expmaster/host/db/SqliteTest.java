package org.expmaster.host.db;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.expmaster.host.config.DbSettings;
import org.expmaster.host.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteTest extends DatabaseContract {
  @TempDir private Path directory;

  @Override
  DbSettings newDatabase() {
    return TestDatabase.sqlite(directory);
  }

  @Test
  void aCommitIsOnTheDiskAndForeignKeysHold() {
    try (Database database = Database.open(newDatabase())) {
      List<String> settings =
          database
              .jdbi()
              .withHandle(
                  handle ->
                      List.of("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
                          .stream()
                          .map(
                              name ->
                                  handle.createQuery("PRAGMA " + name).mapTo(String.class).one())
                          .toList());
      assertEquals(List.of("wal", "2", "1", "10000"), settings);
    }
  }
}

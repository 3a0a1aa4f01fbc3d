package org.expmaster.host.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.expmaster.host.config.DbSettings;
import org.expmaster.host.testing.LogLines;
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
  void itsFilesAreItsOwnersAlone() throws Exception {
    for (String url :
        List.of("new.db", "query.db?foreign_keys=true", "file:" + directory + "/uri.db")) {
      String name = url.startsWith("file:") ? url : directory.resolve(url).toString();
      DbSettings settings =
          new DbSettings("jdbc:sqlite:" + name, Optional.empty(), Optional.empty(), 1);
      try (Database database = Database.open(settings)) {
        database.jdbi().useHandle(handle -> handle.execute("DELETE FROM sessions"));
        assertEquals(Set.of("rw-------"), permissions(directory), url);
      }
    }
    assertEquals(3, names(directory).size(), names(directory).toString());
  }

  @Test
  void filesThatOthersMayReadAreMendedAtTheStartWhichSaysSo() throws Exception {
    DbSettings settings = newDatabase();
    try (Database running = Database.open(settings);
        LogLines log = new LogLines()) {
      running.jdbi().useHandle(handle -> handle.execute("DELETE FROM sessions"));
      for (Path file : names(directory)) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      }
      Database.open(settings).close();
      assertEquals(Set.of("rw-------"), permissions(directory));
      assertEquals(3, log.with("was rw-r--r--, and is now for its owner alone").size());
    }
  }

  @Test
  void aDirectoryInWhichEveryoneMayWriteIsNamed() throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    try (LogLines log = new LogLines()) {
      Database.open(newDatabase()).close();
      assertFalse(log.with("may be written to by everyone").isEmpty());
    }
  }

  private static Set<String> permissions(Path directory) throws IOException {
    Set<String> all = new HashSet<>();
    for (Path file : names(directory)) {
      all.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }
    return all;
  }

  private static List<Path> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
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

package org.expmaster.webhook.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MigrationFilesTest {
  @Test
  void everyMigrationIsAsciiSoThatTheEncodingOfADatabaseDoesNotMatter() {
    for (String directory : MigrationFiles.directories()) {
      MigrationFiles.in(directory)
          .forEach(
              file ->
                  assertEquals(
                      List.of(),
                      MigrationFiles.text(file)
                          .lines()
                          .filter(line -> line.chars().anyMatch(c -> c > 0x7e))
                          .toList(),
                      file.toString()));
    }
  }

  @Test
  void allDatabasesHaveTheSameMigrations() {
    List<String> directories = MigrationFiles.directories();
    assertTrue(directories.containsAll(List.of("postgresql", "sqlite")), directories.toString());
    assertEquals(1, directories.stream().map(MigrationFilesTest::names).distinct().count());
  }

  private static List<String> names(String directory) {
    return MigrationFiles.in(directory).stream()
        .map(file -> file.getFileName().toString())
        .toList();
  }
}

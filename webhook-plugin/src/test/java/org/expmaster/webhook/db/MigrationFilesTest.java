package org.expmaster.webhook.db;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MigrationFilesTest {
  @Test
  void everyMigrationIsAsciiSoThatTheEncodingOfADatabaseDoesNotMatter() {
    for (Dialect dialect : Dialect.values()) {
      MigrationFiles.of(dialect)
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
  void bothDatabasesHaveTheSameMigrations() {
    assertEquals(names(Dialect.POSTGRESQL), names(Dialect.SQLITE));
  }

  private static List<String> names(Dialect dialect) {
    return MigrationFiles.of(dialect).stream().map(file -> file.getFileName().toString()).toList();
  }
}

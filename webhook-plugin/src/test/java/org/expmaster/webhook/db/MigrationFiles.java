package org.expmaster.webhook.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The SQL files as they are shipped. */
final class MigrationFiles {
  private MigrationFiles() {}

  /** The directories, one for each database. */
  static List<String> directories() {
    return list(".").stream()
        .filter(Files::isDirectory)
        .map(directory -> directory.getFileName().toString())
        .sorted()
        .toList();
  }

  static List<Path> in(String directory) {
    return list(directory).stream().sorted(Comparator.comparing(MigrationFiles::version)).toList();
  }

  private static List<Path> list(String directory) {
    try {
      // from sqlite, because the package's directory is among both classes and resources
      Path sqlite = Path.of(Migrations.class.getResource("sqlite").toURI());
      try (Stream<Path> files = Files.list(sqlite.resolveSibling(directory))) {
        return files.toList();
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (URISyntaxException failed) {
      throw new IllegalStateException(failed);
    }
  }

  static int version(Path file) {
    return Integer.parseInt(file.getFileName().toString().replaceFirst("V(\\d+)__.*", "$1"));
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}

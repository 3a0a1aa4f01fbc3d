package org.expmaster.webhook.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The SQL files as they are shipped. */
final class MigrationFiles {
  private MigrationFiles() {}

  static List<Path> of(Dialect dialect) {
    String folder = dialect.name().toLowerCase(Locale.ROOT);
    try (Stream<Path> files = Files.list(Path.of(Migrations.class.getResource(folder).toURI()))) {
      return files.sorted(Comparator.comparing(MigrationFiles::version)).toList();
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

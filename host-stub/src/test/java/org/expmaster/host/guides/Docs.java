package org.expmaster.host.guides;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The directory {@code docs}. */
final class Docs {
  private static final Path ROOT = root();
  static final Path GUIDES = ROOT.resolve("guides");
  static final Path VALIDATE = ROOT.resolve("validate");
  static final Path RECEIVERS = GUIDES.resolve("receivers");
  private static final Path VERIFY = ROOT.resolve("verify");

  private Docs() {}

  private static Path root() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(at.resolve("docs/guides"))) {
      at = at.getParent();
    }
    return at.resolve("docs");
  }

  /** Copies the receivers, and what they need beside them, into one directory. */
  static void copyReceivers(Path into) throws IOException {
    Files.createDirectories(into);
    for (Path from : List.of(VERIFY, RECEIVERS)) {
      for (Path file : files(from)) {
        Path copy = into.resolve(file.getFileName());
        Files.copy(
            file, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Returns the text of a guide. */
  static String guide(String name) {
    try {
      return Files.readString(GUIDES.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the blocks of a guide in one language, in order. */
  static List<String> blocks(String guide, String language) {
    return Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$")
        .matcher(guide(guide))
        .results()
        .map((MatchResult block) -> block.group(1))
        .toList();
  }
}

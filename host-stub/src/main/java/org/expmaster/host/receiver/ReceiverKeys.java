package org.expmaster.host.receiver;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The places that a receiver's keys come from. */
public final class ReceiverKeys {
  /** An environment variable with keys, blanks between them. */
  public static final String VARIABLE = "WEBHOOK_KEYS";

  private ReceiverKeys() {}

  /**
   * Collects keys: those given, those in files, one a line, and those of the variable.
   *
   * @param variable the variable's value, or null if it is not set
   */
  public static List<String> of(List<String> given, List<Path> files, String variable)
      throws IOException {
    List<String> keys = new ArrayList<>(given);
    for (Path file : files) {
      text(file).lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(keys::add);
    }
    if (variable != null) {
      Stream.of(variable.split("\\s+")).filter(key -> !key.isEmpty()).forEach(keys::add);
    }
    return keys;
  }

  /** Returns a file's text, without the byte order mark that some editors write. */
  private static String text(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + " is a directory");
    }
    try {
      return Files.readString(file).replaceFirst("^\uFEFF", "");
    } catch (NoSuchFileException e) {
      throw new IOException(file + " does not exist", e);
    } catch (CharacterCodingException e) {
      throw new IOException(file + " is not UTF-8", e);
    }
  }
}

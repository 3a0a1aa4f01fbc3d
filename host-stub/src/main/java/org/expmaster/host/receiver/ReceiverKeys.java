package org.expmaster.host.receiver;

import java.io.IOException;
import java.nio.file.Files;
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
      try (Stream<String> lines = Files.lines(file)) {
        lines.map(String::strip).filter(line -> !line.isEmpty()).forEach(keys::add);
      }
    }
    if (variable != null) {
      Stream.of(variable.split("\\s+")).filter(key -> !key.isEmpty()).forEach(keys::add);
    }
    return keys;
  }
}

package org.expmaster.host.testing;

import java.io.File;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs that tests call. */
public final class Tools {
  private Tools() {}

  /** Finds a command on the path. */
  public static Optional<File> find(String command) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(directory -> new File(directory, command))
        .filter(File::canExecute)
        .findFirst();
  }
}

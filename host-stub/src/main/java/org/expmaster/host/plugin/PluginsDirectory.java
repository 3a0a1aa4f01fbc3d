package org.expmaster.host.plugin;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory in which operators put plugins. */
public final class PluginsDirectory {
  private static final Logger log = LoggerFactory.getLogger(PluginsDirectory.class);

  private PluginsDirectory() {}

  /** Returns the jars in the directory, by name. Logs a warning if there is no such directory. */
  public static List<Path> jars(Path directory) {
    if (!Files.isDirectory(directory)) {
      log.warn("there is no plugins directory {}: no plugin is loaded", directory);
      return List.of();
    }
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.jar")) {
      files.forEach(jars::add);
    } catch (IOException e) {
      log.error("cannot read the plugins directory {}: {}", directory, e.toString());
    }
    jars.sort(null);
    return jars;
  }

  /** Returns the directory {@code plugins} beside the jar that contains this class. */
  public static Path besideTheJar() {
    try {
      Path jar =
          Path.of(
              PluginsDirectory.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return jar.resolveSibling("plugins");
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException("where is this jar?", e);
    }
  }
}

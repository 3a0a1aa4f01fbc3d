package org.expmaster.host.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for plugins in the plugins directory, and copies those that can be loaded. */
final class PluginFiles implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PluginFiles.class);

  private final Path directory;
  private final Pf4j pf4j;
  private final PrivateCopies copies;

  PluginFiles(Path directory, Pf4j pf4j, PrivateCopies copies) {
    this.directory = directory;
    this.pf4j = pf4j;
    this.copies = copies;
  }

  /**
   * What is in the directory.
   *
   * @param newest the newest jar of each plugin, by the names of the jars
   * @param unusable the problem of each jar that is no plugin, or the same one as another
   */
  record Found(List<PluginFile> newest, Map<Path, String> unusable) {}

  /** Logs which jars cannot be loaded, and which are left out because there is a newer one. */
  Found look() {
    Map<String, PluginFile> newest = new LinkedHashMap<>();
    Map<Path, String> unusable = new LinkedHashMap<>();
    for (Path jar : PluginsDirectory.jars(directory)) {
      try {
        PluginFile file = read(jar);
        PluginFile other = newest.get(file.id());
        if (other == null) {
          newest.put(file.id(), file);
        } else {
          choose(other, file, newest, unusable);
        }
      } catch (IOException | RuntimeException e) {
        unusable.put(jar, Problem.of(e));
        log.debug("{}", jar, e);
      }
    }
    unusable.forEach((jar, why) -> log.error("{} cannot be loaded: {}", jar.getFileName(), why));
    return new Found(new ArrayList<>(newest.values()), unusable);
  }

  private PluginFile read(Path jar) throws IOException {
    Path copy = copies.of(jar);
    try {
      return new PluginFile(jar, copy, pf4j.describe(copy));
    } catch (RuntimeException e) {
      copies.discard(copy);
      throw e;
    }
  }

  private void choose(
      PluginFile one,
      PluginFile other,
      Map<String, PluginFile> newest,
      Map<Path, String> unusable) {
    int order = pf4j.compare(one.version(), other.version());
    PluginFile chosen = order < 0 ? other : one;
    PluginFile leftOut = order < 0 ? one : other;
    newest.put(chosen.id(), chosen);
    discard(leftOut);
    if (order == 0) {
      unusable.put(
          leftOut.source(),
          "it is the plugin %s %s, as %s is"
              .formatted(leftOut.id(), leftOut.version(), chosen.source().getFileName()));
    } else {
      log.warn("plugin {}: {} is the newest, and {} is left out", chosen.id(), chosen, leftOut);
    }
  }

  void discard(PluginFile file) {
    copies.discard(file.copy());
  }

  @Override
  public void close() throws IOException {
    copies.close();
  }
}

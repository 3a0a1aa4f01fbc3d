package org.expmaster.host.plugin;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.ApiException.Reason;

/** The plugins that the master knows, whether they run or not, and their jars. Thread-safe. */
final class Inventory implements AutoCloseable {
  private final Path directory;
  private final PluginFiles files;
  private final List<KnownPlugin> plugins = new CopyOnWriteArrayList<>();

  Inventory(Path directory, PluginFiles files) {
    this.directory = directory;
    this.files = files;
  }

  List<KnownPlugin> all() {
    return List.copyOf(plugins);
  }

  Optional<KnownPlugin> find(String id) {
    return plugins.stream().filter(plugin -> plugin.id().equals(id)).findFirst();
  }

  /**
   * @throws ApiException NotFound
   */
  KnownPlugin get(String id) {
    return find(id).orElseThrow(() -> ApiException.notFound("there is no plugin " + id));
  }

  void add(KnownPlugin plugin) {
    plugins.add(plugin);
  }

  void remove(KnownPlugin plugin) {
    plugins.remove(plugin);
    plugin.file().ifPresent(files::discard);
  }

  void discard(PluginFile file) {
    files.discard(file);
  }

  /** Returns the newest jar of each plugin in the directory, and makes known which are unusable. */
  List<PluginFile> look() {
    return found().newest();
  }

  private PluginFiles.Found found() {
    PluginFiles.Found found = files.look();
    plugins.removeIf(plugin -> plugin.file().isEmpty());
    found.unusable().forEach((jar, problem) -> plugins.add(KnownPlugin.unusable(jar, problem)));
    return found;
  }

  /**
   * Returns the newest jar of this plugin in the directory.
   *
   * @throws ApiException if there is none
   */
  PluginFile newest(String id) {
    boolean known = find(id).isPresent();
    PluginFiles.Found found = found();
    Optional<PluginFile> newest = Optional.empty();
    for (PluginFile file : found.newest()) {
      if (file.id().equals(id)) {
        newest = Optional.of(file);
      } else {
        files.discard(file);
      }
    }
    return newest.orElseThrow(
        () ->
            new ApiException(
                known ? Reason.FAILED_PRECONDITION : Reason.NOT_FOUND,
                "no jar in %s is the plugin %s%s".formatted(directory, id, unusable(found))));
  }

  private static String unusable(PluginFiles.Found found) {
    return found.unusable().entrySet().stream()
        .map(jar -> "; %s: %s".formatted(jar.getKey().getFileName(), jar.getValue()))
        .collect(joining());
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}

package org.expmaster.host.plugin;

import java.nio.file.Path;
import java.util.Optional;

/** A plugin that the master knows, and its state. Thread-safe. */
final class KnownPlugin {
  /** The states, as admins see them. */
  enum State {
    LOADED,
    STARTED,
    STOPPED,
    UNLOADED,
    DISABLED,
    FAILED
  }

  private final String id;
  private final String version;
  private final Path source;
  private final Optional<PluginFile> file;
  private volatile Current current = new Current(State.LOADED, "", Optional.empty());

  /**
   * @param scope what the plugin was given; empty unless it runs
   */
  private record Current(State state, String problem, Optional<PluginScope> scope) {}

  private KnownPlugin(String id, String version, Path source, Optional<PluginFile> file) {
    this.id = id;
    this.version = version;
    this.source = source;
    this.file = file;
  }

  static KnownPlugin of(PluginFile file) {
    return new KnownPlugin(file.id(), file.version(), file.source(), Optional.of(file));
  }

  /** Returns the entry for a jar that cannot be loaded. */
  static KnownPlugin unusable(Path jar, String problem) {
    KnownPlugin plugin = new KnownPlugin(jar.getFileName().toString(), "", jar, Optional.empty());
    plugin.ended(State.FAILED, problem);
    return plugin;
  }

  void started(PluginScope scope) {
    current = new Current(State.STARTED, "", Optional.of(scope));
  }

  void ended(State state, String problem) {
    current = new Current(state, problem, Optional.empty());
  }

  String id() {
    return id;
  }

  /** Returns the jar; empty if it cannot be loaded. */
  Optional<PluginFile> file() {
    return file;
  }

  /** Returns what the plugin was given; empty unless it runs. */
  Optional<PluginScope> scope() {
    return current.scope;
  }

  boolean runs() {
    return current.state == State.STARTED;
  }

  String problem() {
    return current.problem;
  }

  PluginReport report() {
    Current now = current;
    return new PluginReport(id, version, now.state.name(), now.problem);
  }

  @Override
  public String toString() {
    return "plugin %s %s (%s)".formatted(id, version, source.getFileName());
  }
}

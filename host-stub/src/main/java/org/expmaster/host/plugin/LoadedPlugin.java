package org.expmaster.host.plugin;

import java.nio.file.Path;

/** A file in the plugins directory, and its state. */
final class LoadedPlugin {
  /** The states, as admins see them. */
  enum State {
    LOADED,
    STARTED,
    STOPPED,
    DISABLED,
    FAILED
  }

  private final Path file;
  private final String id;
  private final String version;
  private final PluginScope scope;
  private volatile State state;
  private volatile String problem;

  LoadedPlugin(Path file, String id, String version, PluginScope scope) {
    this.file = file;
    this.id = id;
    this.version = version;
    this.scope = scope;
    now(State.LOADED, "");
  }

  /** Returns the entry for a file that could not be loaded. */
  static LoadedPlugin broken(Path file, String problem) {
    LoadedPlugin broken = new LoadedPlugin(file, file.getFileName().toString(), "", null);
    broken.now(State.FAILED, problem);
    return broken;
  }

  void now(State state, String problem) {
    this.state = state;
    this.problem = problem;
  }

  String id() {
    return id;
  }

  PluginScope scope() {
    return scope;
  }

  boolean is(State state) {
    return this.state == state;
  }

  PluginReport report() {
    return new PluginReport(id, version, state.name(), problem);
  }

  @Override
  public String toString() {
    return "plugin " + id + " (" + file.getFileName() + ")";
  }
}

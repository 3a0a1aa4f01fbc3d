package org.expmaster.host.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.MasterProcess;

/** One master of a fleet. One thread kills and starts it; any may ask whether it is up. */
final class Member {
  private final Path directory;
  private final Map<String, Object> config;
  private volatile MasterProcess process;
  private volatile Optional<Api> api = Optional.empty();

  Member(Path directory, Map<String, Object> config) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.config = config;
  }

  void launch() throws IOException {
    process = process == null ? MasterProcess.launch(directory, config) : process.relaunch();
  }

  void awaitUp() {
    api = Optional.of(process.awaitListening().api());
  }

  void kill() {
    api = Optional.empty();
    process.kill();
  }

  /** Sends SIGTERM and returns the exit code. */
  int terminate() {
    api = Optional.empty();
    return process.terminate();
  }

  /** Returns a client that is not logged in, while the master is up. */
  Optional<Api> api() {
    return api;
  }

  MasterProcess process() {
    return process;
  }
}

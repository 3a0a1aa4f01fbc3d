package org.expmaster.host.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A master in a process of its own, started from the packaged jar.
 *
 * <p>Its directory contains its configuration, its output, and by default its database; a master
 * started again in the same directory is the same one after a restart.
 */
public final class MasterProcess implements AutoCloseable {
  /** The password of the initial users. */
  public static final String PASSWORD = "correct horse battery";

  private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+)");
  private static final Duration START = Duration.ofSeconds(180);

  /** Halves the start-up time; no test measures speed. */
  private static final List<String> QUICK_TO_START =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m");

  /** A hash as slow as it should be takes a third of the processor time of a test. */
  static final Map<String, Object> QUICK_LOGIN =
      Map.of("initial_user_password", PASSWORD, "password_iterations", 1_000);

  /** By default the plugin refuses a receiver on the same host. */
  private static final Map<String, Object> LOOPBACK =
      Map.of("allowed_networks", List.of("127.0.0.0/8"));

  private final Path directory;
  private final Map<String, Object> config;
  private final String[] options;
  private final Process process;
  private URI url;

  private MasterProcess(
      Path directory, Map<String, Object> config, String[] options, Process process) {
    this.directory = directory;
    this.config = config;
    this.options = options;
    this.process = process;
  }

  /**
   * Starts a master and waits until it listens.
   *
   * @param directory its working directory
   * @param config nested settings; missing ones get values that suit a test
   * @param options JVM options; they override those that suit a test
   */
  public static MasterProcess start(Path directory, Map<String, Object> config, String... options)
      throws IOException {
    return launch(directory, config, options).awaitListening();
  }

  /** Waits until the master listens; kills it if it does not in time. */
  public MasterProcess awaitListening() {
    try {
      Wait.until(this::output, START, this::listens);
      return this;
    } catch (Throwable e) {
      kill();
      throw e;
    }
  }

  /** Starts a master without waiting. */
  public static MasterProcess launch(Path directory, Map<String, Object> config, String... options)
      throws IOException {
    Map<String, Object> complete = new LinkedHashMap<>();
    complete.put("port", 0);
    complete.put("plugins_dir", System.getProperty("plugins.dir"));
    complete.put("db", Map.of("url", "jdbc:sqlite:" + directory.resolve("master.db")));
    complete.putAll(config);
    complete.put("security", with(QUICK_LOGIN, config.getOrDefault("security", Map.of())));
    complete.put("webhooks", with(LOOPBACK, config.getOrDefault("webhooks", Map.of())));
    Path file = directory.resolve("master.yaml");
    // JSON is YAML
    Files.writeString(file, new ObjectMapper().writeValueAsString(complete));
    return run(directory, complete, List.of("serve", "--config", file.toString()), options);
  }

  /** Returns both; null in the section removes what is standard. */
  private static Map<String, Object> with(Map<String, Object> standard, Object section) {
    Map<String, Object> all = new LinkedHashMap<>(standard);
    ((Map<?, ?>) section).forEach((name, value) -> all.put(String.valueOf(name), value));
    all.values().removeIf(Objects::isNull);
    return all;
  }

  /** Runs the jar with these arguments. */
  public static MasterProcess run(
      Path directory, Map<String, Object> config, List<String> arguments, String... options)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(QUICK_TO_START);
    command.addAll(List.of(options));
    command.addAll(List.of("-jar", System.getProperty("host.jar")));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(directory.resolve("stdout.txt").toFile())
            .redirectError(directory.resolve("stderr.txt").toFile())
            .start();
    return new MasterProcess(directory, config, options, process);
  }

  private boolean listens() {
    Matcher matcher = LISTENING.matcher(stdout());
    if (matcher.find()) {
      url = URI.create(matcher.group(1));
      return true;
    }
    if (!process.isAlive()) {
      throw new AssertionError("the master ended: " + output());
    }
    return false;
  }

  public URI url() {
    return url;
  }

  public long pid() {
    return process.pid();
  }

  /** Returns a client that is not logged in. */
  public Api api() {
    return Api.of(url);
  }

  /** Returns a client logged in as the initial admin. */
  public Api admin() {
    return api().login("admin", PASSWORD);
  }

  /** Sends SIGKILL and waits until the process is gone. */
  public void kill() {
    process.destroyForcibly();
    await(Duration.ofSeconds(10));
  }

  /** Sends SIGTERM and returns the exit code. */
  public int terminate() {
    process.destroy();
    return await(Duration.ofSeconds(40));
  }

  /** Waits for the process to end, and returns its exit code. */
  public int await(Duration within) {
    try {
      if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the master does not end: " + output());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return process.exitValue();
  }

  /** Starts the master again with the same settings and database. It must have ended. */
  public MasterProcess restart() throws IOException {
    return relaunch().awaitListening();
  }

  /** Starts the master again without waiting. Its earlier error output is kept. */
  public MasterProcess relaunch() throws IOException {
    Files.move(directory.resolve("stderr.txt"), directory.resolve("stderr-" + pid() + ".txt"));
    return launch(directory, config, options);
  }

  public String stdout() {
    return read("stdout.txt");
  }

  public String stderr() {
    return read("stderr.txt");
  }

  private String output() {
    return "stdout:\n" + stdout() + "\nstderr:\n" + stderr();
  }

  private String read(String name) {
    try {
      return Files.readString(directory.resolve(name));
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }
}

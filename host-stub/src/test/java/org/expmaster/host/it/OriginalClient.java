package org.expmaster.host.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.expmaster.host.testing.MasterProcess;
import org.expmaster.host.testing.PythonEnvironment;

/** Determined's Python package as it was published, in an environment of its own. */
final class OriginalClient {
  /** Where its requirements and the programs that use it are. */
  static final Path SCRIPTS = Path.of("..", "docs", "validate", "determined").toAbsolutePath();

  private static final int LONGEST_MINUTES = 10;

  private final PythonEnvironment python;
  private final URI master;
  private final Path home;

  private OriginalClient(PythonEnvironment python, URI master, Path home) {
    this.python = python;
    this.master = master;
    this.home = home;
  }

  /** A program that runs, and the file with what it writes. */
  private record Running(Process process, Path output) {}

  /** How a program ended, and what it wrote. */
  record Ended(int code, String output) {
    /** Returns the output of a program that must have succeeded. */
    String ok() {
      assertEquals(0, code, output);
      return output;
    }
  }

  /** Installs the package unless it is there; skips the test if it cannot be had. */
  static PythonEnvironment install() throws Exception {
    return PythonEnvironment.install("determined", SCRIPTS.resolve("requirements.txt"));
  }

  /**
   * Returns the client of a master, logged in as its admin by way of the command line.
   *
   * @param home a directory for its token
   */
  static OriginalClient of(MasterProcess master, Path home) throws Exception {
    OriginalClient client = new OriginalClient(install(), master.url(), home);
    end(client.start("det", "user", "login", "admin"), MasterProcess.PASSWORD + "\n").ok();
    return client;
  }

  /** Runs {@code det} in a directory. */
  Ended det(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("det"));
    command.addAll(List.of(arguments));
    return end(start(command.toArray(String[]::new)), "");
  }

  /** Runs one of our programs with the master's URL, the admin, and these arguments. */
  Ended script(String name, String... arguments) throws Exception {
    return end(startScript(name, arguments), "");
  }

  /** Runs an agent that runs the master's jobs in this directory, until it is closed. */
  AutoCloseable agent(Path code) throws IOException {
    Process agent = startScript("agent.py", code.toString()).process;
    return () -> agent.destroyForcibly().waitFor();
  }

  private Running startScript(String name, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("python", SCRIPTS.resolve(name).toString()));
    command.addAll(List.of(master.toString(), "admin", MasterProcess.PASSWORD));
    command.addAll(List.of(arguments));
    return start(command.toArray(String[]::new));
  }

  private Running start(String... command) throws IOException {
    command[0] = python.program(command[0]);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    // empty: `det experiment create` sends the whole directory
    builder.directory(Files.createDirectories(home.resolve("empty")).toFile());
    Path output = Files.createTempFile(home, "output", ".txt");
    builder.redirectOutput(output.toFile());
    builder.environment().put("HOME", home.toString());
    builder.environment().put("DET_MASTER", master.toString());
    return new Running(builder.start(), output);
  }

  private static Ended end(Running running, String input) throws Exception {
    Process process = running.process;
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(UTF_8));
    }
    if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      fail("it does not end: " + Files.readString(running.output));
    }
    return new Ended(process.exitValue(), Files.readString(running.output));
  }
}

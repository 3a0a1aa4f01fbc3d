package org.expmaster.host.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;

/** Published Python packages, installed below {@code target} in an environment of their own. */
public final class PythonEnvironment {
  /** What pip says if its registry does not answer. */
  private static final Pattern NOT_REACHED =
      Pattern.compile("Could not find a version|Max retries|timed out|NewConnectionError");

  private final String name;
  private final Path directory;

  private PythonEnvironment(String name) {
    this.name = name;
    this.directory = Path.of("target", name).toAbsolutePath();
  }

  /**
   * Installs packages unless they are there; skips the test if they cannot be had.
   *
   * @param name a name for the environment
   * @param requirements pip's file of what to install
   */
  public static synchronized PythonEnvironment install(String name, Path requirements)
      throws Exception {
    PythonEnvironment environment = new PythonEnvironment(name);
    // a copy, written last: of these very versions
    Path installed = environment.directory.resolve("installed.txt");
    if (!Files.exists(installed) || Files.mismatch(installed, requirements) >= 0) {
      environment.fill(requirements);
      Files.copy(requirements, installed, StandardCopyOption.REPLACE_EXISTING);
    }
    return environment;
  }

  private void fill(Path requirements) throws Exception {
    boolean found = Tools.find("python3").isPresent();
    Path log = Files.createTempFile(name, ".log");
    provided(
        found && run(List.of("python3", "-m", "venv", directory.toString()), log) == 0,
        "python3 -m venv does not work: " + Files.readString(log));
    int status = run(List.of(program("pip"), "install", "-q", "-r", requirements.toString()), log);
    String output = Files.readString(log);
    // nothing that could be installed here would change that
    assumeTrue(!NOT_REACHED.matcher(output).find(), name + " was not installed: " + output);
    assertEquals(0, status, output);
  }

  private void provided(boolean available, String otherwise) {
    String why = name + " was not installed: " + otherwise;
    if (!available && "true".equals(System.getenv("CI"))) {
      fail(why);
    }
    assumeTrue(available, why);
  }

  private static int run(List<String> command, Path log) throws Exception {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start()
        .waitFor();
  }

  /** Returns the path of a program that the packages contain. */
  public String program(String command) {
    return directory.resolve("bin").resolve(command).toString();
  }
}

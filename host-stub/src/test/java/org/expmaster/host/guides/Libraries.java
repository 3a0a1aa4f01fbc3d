package org.expmaster.host.guides;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Libraries that the guides' receivers use, installed into {@code target/validate}. */
enum Libraries {
  NONE,
  /** Node.js finds them from the directory below. */
  NPM,
  PIP;

  static final Path HOME = Path.of("target", "validate").toAbsolutePath();
  static final Path PYTHON = HOME.resolve("python");
  static final Path WORK = HOME.resolve("receivers");

  /** The script's exit code if npm's registry does not answer. */
  private static final int NOT_REACHED = 3;

  /** Installs them. Returns why that was not possible, if the registry does not answer. */
  synchronized Optional<String> install() throws IOException, InterruptedException {
    return switch (this) {
      case NONE -> Optional.empty();
      case NPM -> {
        String script = Docs.VALIDATE.resolve("validate.mjs").toString();
        Ended npm = run(List.of("node", script, HOME.toString(), "install"));
        if (npm.status != 0 && npm.status != NOT_REACHED) {
          throw new AssertionError(npm.output);
        }
        yield npm.status == 0 ? Optional.empty() : Optional.of(npm.output);
      }
      case PIP -> pip();
    };
  }

  private static Optional<String> pip() throws IOException, InterruptedException {
    if (Files.isDirectory(PYTHON)) {
      return Optional.empty();
    }
    Path fresh = HOME.resolve("python.new");
    Ended pip =
        run(
            List.of(
                "python3",
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "--upgrade",
                "--target",
                fresh.toString(),
                "--requirement",
                Docs.VALIDATE.resolve("requirements.txt").toString()));
    if (pip.status != 0) {
      return Optional.of(pip.output);
    }
    Files.move(fresh, PYTHON);
    return Optional.empty();
  }

  /** What a command printed, and its exit status. */
  record Ended(int status, String output) {}

  static Ended run(List<String> command) throws IOException, InterruptedException {
    Files.createDirectories(WORK);
    Process process =
        new ProcessBuilder(command).directory(WORK.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ended(process.waitFor(), output);
  }
}

package org.expmaster.webhook.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.expmaster.webhook.testing.Tools;

/** The programs under {@code docs/verify}, and the commands that each needs on the path. */
enum VerifyProgram {
  BASH("verify.sh", "bash"),
  PYTHON("verify.py", "python"),
  NODE("verify.mjs", "js"),
  JAVA("Verify.java", "java"),
  GO("verify.go", "go");

  private final String file;
  private final String language;

  VerifyProgram(String file, String language) {
    this.file = file;
    this.language = language;
  }

  List<String> missing() {
    Stream<String> needs =
        switch (this) {
          case BASH -> Stream.of("bash", "openssl");
          case PYTHON -> Stream.of("python3");
          case NODE -> Stream.of("node");
          case JAVA -> Stream.of();
          case GO -> Stream.of("go");
        };
    return needs.filter(command -> !Tools.isInstalled(command)).toList();
  }

  /** Returns the command line that the program's header shows. */
  List<String> documented() {
    return switch (this) {
      case BASH -> List.of(path().toString());
      case PYTHON -> List.of("python3", path().toString());
      case NODE -> List.of("node", path().toString());
      case JAVA -> List.of(jdk("java"), path().toString());
      case GO -> List.of("go", "run", path().toString(), check());
    };
  }

  /** Returns an equivalent command line, after compiling what would compile at every run. */
  List<String> build(Path into) throws Exception {
    String binary = into.resolve("verify").toString();
    return switch (this) {
      case BASH, PYTHON, NODE -> documented();
      case JAVA -> {
        compile(jdk("javac"), "-d", into.toString(), path().toString());
        yield List.of(jdk("java"), "-cp", into.toString(), "Verify");
      }
      case GO -> {
        compile("go", "build", "-o", binary, path().toString(), check());
        yield List.of(binary);
      }
    };
  }

  /** Returns the excerpt that the guide must show, fenced. */
  String heart() throws IOException {
    String source = Files.readString(path());
    String region = source.replaceFirst("(?s).*region verify\n(.*)\n[^\n]*endregion.*", "$1");
    return "```" + language + "\n" + region.stripTrailing().stripIndent().strip() + "\n```\n";
  }

  /** Returns the directory of all modules: Surefire starts tests in one module, IDEs anywhere. */
  static Path root() {
    Path at = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    while (!Files.isDirectory(at.resolve("docs/verify"))) {
      at = at.getParent();
    }
    return at;
  }

  @Override
  public String toString() {
    return file;
  }

  private Path path() {
    return root().resolve("docs/verify").resolve(file);
  }

  /** Returns the file that makes Go's function a program; it is one of a receiver as well. */
  private static String check() {
    return root().resolve("docs/verify/check.go").toString();
  }

  private static void compile(String... line) throws Exception {
    Process compiler = new ProcessBuilder(line).redirectErrorStream(true).start();
    String output = new String(compiler.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, compiler.waitFor(), output);
  }

  /** Uses the JDK that runs the tests, since the one on the path may be too old. */
  private static String jdk(String tool) {
    return Path.of(System.getProperty("java.home"), "bin", tool).toString();
  }
}

package org.expmaster.host.guides;

import static org.expmaster.host.guides.Libraries.WORK;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.expmaster.host.guides.Libraries.Ended;
import org.expmaster.host.testing.Tools;

/** The receivers of the guide to verification; those that take longest to build come first. */
enum GuideReceiver {
  RUST("cargo"),
  GO("go"),
  FLASK(Libraries.PIP, "python3", "pip3"),
  FASTAPI(Libraries.PIP, "python3", "pip3"),
  STANDARD_PYTHON(Libraries.PIP, "python3", "pip3"),
  EXPRESS(Libraries.NPM, "node", "npm"),
  STANDARD_JAVASCRIPT(Libraries.NPM, "node", "npm"),
  CSHARP("mcs", "mono"),
  SPRING,
  STANDARD_JAVA,
  RUBY("ruby"),
  PHP("php"),
  BASH("bash", "openssl");

  /** From this version on, cargo asks crates.io only for the crates that it needs. */
  private static final int CARGO = 68;

  private static final String CLASS_PATH = System.getProperty("java.class.path");

  private final Libraries libraries;
  private final List<String> needs;

  GuideReceiver(String... needs) {
    this(Libraries.NONE, needs);
  }

  GuideReceiver(Libraries libraries, String... needs) {
    this.libraries = libraries;
    this.needs = List.of(needs);
  }

  /** Returns the tools that it needs and this machine does not have. */
  List<String> missing() {
    return needs.stream().filter(tool -> Tools.find(tool).isEmpty()).toList();
  }

  /** Builds it. Returns why that was not possible, if something out of reach is needed. */
  Optional<String> build() throws IOException, InterruptedException {
    Optional<String> notInstalled = libraries.install();
    if (notInstalled.isPresent()) {
      return notInstalled;
    }
    return switch (this) {
      case RUST -> cargo();
      case GO -> compile("go", "build", "-o", "receiver-go", "verify.go", "receiver.go");
      case CSHARP -> compile("mcs", "Receiver.cs");
      case SPRING -> compile(jdk("javac"), "-cp", CLASS_PATH, "Verify.java", "SpringReceiver.java");
      case STANDARD_JAVA -> compile(jdk("javac"), "-cp", CLASS_PATH, "StandardWebhooks.java");
      default -> Optional.empty();
    };
  }

  private static Optional<String> cargo() throws IOException, InterruptedException {
    String version = Libraries.run(List.of("cargo", "--version")).output();
    if (Integer.parseInt(version.replaceFirst("(?s)cargo 1\\.(\\d+).*", "$1")) < CARGO) {
      return Optional.of("it needs cargo 1." + CARGO + " or later: " + version);
    }
    Ended built = Libraries.run(List.of("cargo", "build", "--quiet"));
    boolean reached =
        Stream.of("Unable to update registry", "failed to download", "network failure")
            .noneMatch(built.output()::contains);
    if (built.status() != 0 && reached) {
      throw new AssertionError(built.output());
    }
    return built.status() == 0 ? Optional.empty() : Optional.of(built.output());
  }

  private static Optional<String> compile(String... command)
      throws IOException, InterruptedException {
    Ended compiler = Libraries.run(List.of(command));
    if (compiler.status() != 0) {
      throw new AssertionError(compiler.output());
    }
    return Optional.empty();
  }

  /** Returns the command that starts it, once it is built. */
  List<String> command(int port) {
    return switch (this) {
      case RUST -> List.of(WORK.resolve("target/debug/receiver").toString());
      case GO -> List.of(WORK.resolve("receiver-go").toString());
      case FLASK -> List.of("python3", "flask_receiver.py");
      case FASTAPI ->
          List.of("python3", "-m", "uvicorn", "fastapi_receiver:app", "--port", "" + port);
      case STANDARD_PYTHON -> List.of("python3", "standard_webhooks.py");
      case EXPRESS -> List.of("node", "express_receiver.mjs");
      case STANDARD_JAVASCRIPT -> List.of("node", "standard_webhooks.mjs");
      case CSHARP -> List.of("mono", "Receiver.exe");
      case SPRING -> java(SpringHost.class.getName());
      case STANDARD_JAVA -> java("StandardWebhooks");
      case RUBY -> List.of("ruby", "receiver.rb");
      case PHP -> List.of("php", "-S", "127.0.0.1:" + port, "receiver.php");
      case BASH -> List.of("bash", "verify.sh");
    };
  }

  private static List<String> java(String main) {
    List<String> command = new ArrayList<>(List.of(jdk("java"), "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", WORK + System.getProperty("path.separator") + CLASS_PATH, main));
    return command;
  }

  private static String jdk(String tool) {
    return Path.of(System.getProperty("java.home"), "bin", tool).toString();
  }
}

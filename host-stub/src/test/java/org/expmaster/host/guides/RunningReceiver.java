package org.expmaster.host.guides;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import org.expmaster.host.testing.Wait;

/** A receiver in a process of its own. */
final class RunningReceiver implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);

  private final Process process;
  private final int port;
  private final Path output;

  private RunningReceiver(Process process, int port, Path output) {
    this.process = process;
    this.port = port;
    this.output = output;
  }

  /** Starts a receiver that is built, and waits until it listens. */
  static RunningReceiver start(GuideReceiver receiver, List<String> keys) throws IOException {
    return start(Libraries.WORK, receiver::command, keys);
  }

  /**
   * Starts a receiver in a directory, and waits until it listens.
   *
   * @param command the command for a port
   */
  static RunningReceiver start(Path home, IntFunction<List<String>> command, List<String> keys)
      throws IOException {
    int port = freePort();
    File output = File.createTempFile("receiver", ".txt", home.toFile());
    ProcessBuilder builder =
        new ProcessBuilder(command.apply(port))
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output);
    builder.environment().put("WEBHOOK_KEYS", String.join(" ", keys));
    builder.environment().put("PORT", "" + port);
    builder.environment().put("PYTHONPATH", Libraries.PYTHON.toString());
    RunningReceiver started = new RunningReceiver(builder.start(), port, output.toPath());
    try {
      Wait.until(() -> "it listens: " + started.output(), START, started::listens);
      return started;
    } catch (AssertionError e) {
      started.close();
      throw e;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean listens() {
    if (!process.isAlive()) {
      throw new AssertionError("it ended: " + output());
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port + "/hook");
  }

  /** Returns what it has printed. */
  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      return "";
    }
  }

  /** Kills the process and waits for its end. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}

package org.expmaster.host.chaos;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** A {@link HostileReceiver} in a process of its own. */
final class HostileProcess implements AutoCloseable {
  private final Process process;

  private HostileProcess(Process process) {
    this.process = process;
  }

  /** Starts it; {@link #awaitUrl} waits for it. */
  static HostileProcess launch(Hostility hostility) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder command =
        new ProcessBuilder(
            java,
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx64m",
            HostileReceiver.class.getName(),
            hostility.name());
    // as a variable it may be longer than a command
    command.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return new HostileProcess(command.redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Waits until it listens, and returns where. To be asked once. */
  URI awaitUrl() throws IOException {
    String line = process.inputReader(US_ASCII).readLine();
    if (line == null) {
      throw new IOException("the hostile receiver has ended before it listened");
    }
    return URI.create(line);
  }

  /** Ends it, and waits until it has. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
